/** What there is in an operation or its plan that is left to Apollo's gateway. */
export type NotCompiledReason = "introspection" | "rewrites" | "path" | "plan" | "name" | "conditions" | "size";

/** An operation is not compiled: the gateway executes it, each time. */
export class NotCompiled extends Error {
  /** For the log. */
  readonly reason: NotCompiledReason;

  constructor(reason: NotCompiledReason) {
    super(reason);
    this.reason = reason;
  }
}
