import type { MongodProvider, MongodSettings } from "../config.ts";
import type { MongodBinary } from "./mongod-binary.ts";

export interface ProviderContext {
  settings: MongodSettings;
  /** Says on what something long is busy. */
  progress: (detail: string) => void;
  signal?: AbortSignal | undefined;
}

/** A way to get a mongod. Both functions throw when what they found does not work. */
export interface BinaryProvider {
  name: Exclude<MongodProvider, "uri">;
  /** What an earlier run left in the cache; needs no network. */
  cached: (context: ProviderContext) => Promise<MongodBinary | undefined>;
  obtain: (context: ProviderContext) => Promise<MongodBinary>;
}
