interface NetworkError extends Error {
  readonly code?: string;
  /** What Node was at: ECONNREFUSED comes from `connect`, but EHOSTUNREACH may come from a `read` of what is open. */
  readonly syscall?: string;
}

// `getaddrinfo` is the look-up of the host's name.
const beforeSending = new Set(["connect", "getaddrinfo"]);

/**
 * Whether a request failed before there was a connection to write it to: refused, no route, no such host, no connection in
 * time. What a connection that was open did is never one. (Node.js, `SystemError.syscall`; undici, `ConnectTimeoutError`)
 */
export function isConnectFailure(error: unknown): boolean {
  // Of a host with several addresses, each of which was tried.
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isConnectFailure);
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as NetworkError;
  return code === "UND_ERR_CONNECT_TIMEOUT" || (syscall !== undefined && beforeSending.has(syscall));
}
