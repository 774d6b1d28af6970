import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** By name: first whether it works at all, and last what leaves more pods behind than there were. */
class ByName extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => one.moduleId.localeCompare(other.moduleId));
  }
}

// Not part of `npm test`: it needs a cluster (`npm run test:k8s`).
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["**/*.cluster.ts"],
    globalSetup: ["support/set-up.ts"],
    fileParallelism: false,
    sequence: { sequencer: ByName },
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
