import { leavingHeader } from "@tareas/service-kit/http/draining";
import type { Dispatcher } from "undici";
import type { Cancellation } from "./cancellation.ts";

export interface HttpResponse {
  readonly status: number;
  readonly setCookies: readonly string[];
  /** Whether the server says that it is about to end. */
  readonly isLeaving: boolean;
  readonly text: string;
}

interface Post {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/**
 * POSTs to one address over a kept-alive connection. Once it is cancelled it closes the connection and throws the reason.
 * It takes the body as it comes in, without a stream, which `undici.request` makes for each response.
 */
export function postTo(dispatcher: Dispatcher, { origin, pathname, search }: URL) {
  const path = pathname + search;
  return ({ headers, body }: Post, cancellation: Cancellation): Promise<HttpResponse> =>
    new Promise((resolve, reject) => {
      const options = { method: "POST" as const, origin, path, headers, body };
      dispatcher.dispatch(options, new Receiver(resolve, reject, cancellation));
    });
}

class Receiver implements Dispatcher.DispatchHandler {
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (error: Error) => void;
  readonly #cancellation: Cancellation;
  readonly #chunks: Buffer[] = [];
  #abort: ((reason: Error) => void) | undefined;
  #status = 0;
  #setCookies: readonly string[] = [];
  #isLeaving = false;

  constructor(resolve: (response: HttpResponse) => void, reject: (error: Error) => void, cancellation: Cancellation) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#cancellation = cancellation;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#abort = (reason) => controller.abort(reason);
    this.#cancellation.listen(this.#abort);
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ) {
    this.#status = status;
    const setCookies = headers["set-cookie"];
    if (setCookies !== undefined) this.#setCookies = [setCookies].flat();
    this.#isLeaving = headers[leavingHeader] !== undefined;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#end();
    const [setCookies, isLeaving] = [this.#setCookies, this.#isLeaving];
    this.#resolve({ status: this.#status, setCookies, isLeaving, text: textOf(this.#chunks) });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#end();
    this.#reject(error);
  }

  #end(): void {
    if (this.#abort) this.#cancellation.ignore(this.#abort);
  }
}

const byteOrderMark = "\uFEFF";

/** UTF-8, as JSON is; a byte order mark may be ignored (RFC 8259, 8.1). */
function textOf(chunks: readonly Buffer[]): string {
  const [only, ...others] = chunks;
  const text = (others.length > 0 ? Buffer.concat(chunks) : (only ?? Buffer.alloc(0))).toString("utf8");
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}
