import { defineConfig } from "vitest/config";

// Not part of `npm test`: it needs a container engine (`npm run test:containers`).
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["**/*.containers.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 900_000,
  },
});
