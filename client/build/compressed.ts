import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { Plugin } from "vite";

/** Compresses once, at the build, what the router would otherwise compress for everyone. */
export function compressed(): Plugin {
  let folder = "";
  return {
    name: "tareas:compressed",
    apply: "build",
    enforce: "post",
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    // The service worker is written when all else is there; its plugin comes first.
    closeBundle: {
      sequential: true,
      order: "post",
      async handler(error) {
        if (error) return;
        const files = await readdir(folder, { recursive: true });
        const texts = files.filter((file) => /\.(js|css|html|svg|webmanifest)$/.test(file));
        await Promise.all(texts.map((file) => compress(join(folder, file))));
      },
    },
  };
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
  await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
}
