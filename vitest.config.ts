import { configDefaults, defineConfig } from "vitest/config";

const exclude = [...configDefaults.exclude, "**/.data/**"];

export default defineConfig({
  test: {
    // The integration tests start whole systems: more of them at once than processors would only slow each other down.
    maxWorkers: 2,
    testTimeout: 30_000, // what nobody waits for but a test that hangs
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...exclude, "**/*.integration.test.ts", "test/k8s/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "manifests",
          include: ["test/k8s/**/*.test.ts"],
          exclude,
          globalSetup: ["test/k8s/support/render.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude,
          globalSetup: ["local-stack/test/fetch-mongod.ts"],
          // Thousands of accounts are made: the servers of a stack hash their passwords at the least cost that is allowed.
          env: { ARGON2_MEMORY_KIB: "7168", ARGON2_PASSES: "1" },
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
