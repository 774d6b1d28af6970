/** The context of a mutation that the server does once, however often the request reaches it. */
export const withIdempotencyKey = () => ({ headers: { "idempotency-key": crypto.randomUUID() } });
