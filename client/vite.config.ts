import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const router = process.env.ROUTER_URL ?? "http://127.0.0.1:4000";

/** Compresses once, at the build, what the router would otherwise compress for everyone. */
function compressed(): Plugin {
  return {
    name: "tareas:compressed",
    apply: "build",
    async writeBundle({ dir = "dist" }) {
      const files = await readdir(dir, { recursive: true });
      const texts = files
        .filter((file) => /\.(js|css|html|svg|webmanifest)$/.test(file))
        .map((file) => join(dir, file));
      await Promise.all(
        texts.map(async (file) => {
          const content = await readFile(file);
          await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
          await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
        }),
      );
    },
  };
}

export default defineConfig({
  plugins: [react(), compressed()],
  build: { target: "es2022", sourcemap: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 800 },
  // For work on the client alone: the product serves the build itself.
  server: { host: "127.0.0.1", proxy: { "/graphql": router } },
});
