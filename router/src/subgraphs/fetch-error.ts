import { CodedError } from "@tareas/service-kit/errors";

type Path = readonly (string | number)[];

/**
 * One error of one fetch, on its way through the gateway. The gateway turns `path`, which is that of the subgraph's
 * response, into the path in the client's response, and keeps this object as `originalError`.
 */
export class FetchError extends CodedError {
  readonly path: Path | undefined;
  /** The response keys that are lost at `path`, when a whole object is. */
  readonly lostKeys: readonly string[];
  /** What the gateway looks at; without a code it would call the error DOWNSTREAM_SERVICE_ERROR. */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor({ code, message, details }: CodedError, path: Path | undefined, lostKeys: readonly string[] = []) {
    super(code, message, details);
    this.path = path;
    this.lostKeys = lostKeys;
    this.extensions = { code };
  }
}
