// What the driver throws when no member can take the command, and of a primary that another has replaced meanwhile.
const driverErrors =
  /^Mongo(ose)?(ServerSelection|Network|NetworkTimeout|NotConnected|PoolClosed|PoolCleared|PoolClearedOnNetwork|WaitQueueTimeout|OperationTimeout|TopologyClosed|ServerClosed|StalePrimary)Error$/;

// The labels of what the server says of a write or a transaction while its primary changes.
const passingLabels = ["TransientTransactionError", "RetryableWriteError", "UnknownTransactionCommitResult"];

/** What it says of a read meanwhile, without a label. (Retryable Reads specification, "Retryable Error") */
const passingCodes: ReadonlySet<unknown> = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  89, // NetworkTimeout
  91, // ShutdownInProgress
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  262, // ExceededTimeLimit
  9_001, // SocketException
  10_107, // NotWritablePrimary
  11_600, // InterruptedAtShutdown
  11_602, // InterruptedDueToReplStateChange
  13_435, // NotPrimaryNoSecondaryOk
  13_436, // NotPrimaryOrSecondary
]);

/** What Node says of a socket that a member has closed: the driver hands it on as it is when it writes just then. */
const socketCodes: ReadonlySet<unknown> = new Set(["EPIPE", "ECONNRESET", "ERR_STREAM_DESTROYED"]);

/** Whether an error of the driver says that MongoDB can't do it just now: it has tried again, and at last gave up. */
export function isOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errorLabels = [] } = error as { code?: unknown; errorLabels?: readonly string[] };
  const isPassing =
    passingCodes.has(code) || socketCodes.has(code) || passingLabels.some((label) => errorLabels.includes(label));
  return isPassing || driverErrors.test(error.name) || /buffering timed out/.test(error.message);
}
