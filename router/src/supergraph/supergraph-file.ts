import { readFile } from "node:fs/promises";
import { Supergraph } from "@apollo/federation-internals";
import type { SupergraphManager, SupergraphSdlHook } from "@apollo/gateway";
import type { Log } from "@tareas/service-kit/log";
import { StartError } from "@tareas/service-kit/settings";
import { watchFile } from "@tareas/service-kit/watch-file";
import { assertValidSchema } from "graphql";

const firstLine = (error: unknown) => (error instanceof Error ? error.message : String(error)).split("\n")[0];

/**
 * Gives the gateway the supergraph in a file, any valid Federation 2 one, and gives it anew when the file changes.
 * At the first start a broken file throws a `StartError`; later the gateway keeps the one it has, and the log says why.
 */
export class SupergraphFile implements SupergraphManager {
  readonly #path: string;
  readonly #log: Log;
  /** The last content that was looked at, good or bad, so that each is judged once. */
  #seen: string | undefined;

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
  }

  readonly initialize: SupergraphSdlHook = async ({ update }) => {
    const supergraphSdl = await this.#readFirst();
    const watcher = watchFile(this.#path, () => this.#reload(update));
    return { supergraphSdl, cleanup: async () => watcher[Symbol.dispose]() };
  };

  async #readFirst(): Promise<string> {
    try {
      this.#seen = await readFile(this.#path, "utf8");
      check(this.#seen);
      return this.#seen;
    } catch (error) {
      throw new StartError(`SUPERGRAPH_PATH: ${this.#path} is not a usable supergraph: ${firstLine(error)}`);
    }
  }

  async #reload(update: (supergraphSdl: string) => void): Promise<void> {
    try {
      const supergraphSdl = await readFile(this.#path, "utf8");
      if (supergraphSdl === this.#seen) return;
      this.#seen = supergraphSdl;
      check(supergraphSdl);
      update(supergraphSdl);
      this.#log.info({ path: this.#path }, "the supergraph was loaded anew");
    } catch (error) {
      const reason = firstLine(error);
      this.#log.error(
        { path: this.#path, reason },
        "the new supergraph is not usable: the router keeps the one it has",
      );
    }
  }
}

/**
 * Throws unless the gateway and Apollo Server can serve the supergraph. They would find out too, but only after they
 * have let go of parts of the one they have.
 */
function check(supergraphSdl: string): void {
  const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: true });
  assertValidSchema(supergraph.apiSchema().toGraphQLJSSchema());
}
