import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressed } from "./build/compressed.ts";
import { installable } from "./build/installable.ts";
import { preloads } from "./build/preloads.ts";

const router = process.env.ROUTER_URL ?? "http://127.0.0.1:4000";

export default defineConfig({
  plugins: [react(), preloads(), installable(), compressed()],
  build: { target: "es2022", sourcemap: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 800 },
  // For work on the client alone: the product serves the build itself.
  server: { host: "127.0.0.1", proxy: { "/graphql": router } },
});
