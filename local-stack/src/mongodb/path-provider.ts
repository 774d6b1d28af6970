import { access, constants } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { checkMongod } from "./mongod-binary.ts";
import type { BinaryProvider } from "./providers.ts";

/** A mongod that is installed on the machine. */
export const pathProvider: BinaryProvider = {
  name: "path",
  cached: async () => undefined,
  async obtain({ settings }) {
    for (const folder of (settings.env.PATH ?? "").split(delimiter).filter(isAbsolute)) {
      const path = join(folder, "mongod");
      if (await isExecutable(path)) return checkMongod(path);
    }
    throw new Error("there is no mongod on PATH");
  },
};

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
