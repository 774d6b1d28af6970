import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { VitePWA, type VitePWAOptions } from "vite-plugin-pwa";

type ManifestTransform = NonNullable<VitePWAOptions["workbox"]["manifestTransforms"]>[number];

const paper = "#f7f4ee";

/** The app's paths, as router/src/pages/web-app.ts has them: whatever else is opened comes from the network. */
const appPath = /^\/(?:today|upcoming|overdue|completed|trash|search|settings|reset-password|list\/[^/?]+)?(?:\?|$)/;

const manifest: VitePWAOptions["manifest"] = {
  id: "/",
  name: "Tareas",
  short_name: "Tareas",
  description: "La lista de tareas que sigue funcionando",
  lang: "es",
  start_url: "/",
  scope: "/",
  display: "standalone",
  theme_color: paper,
  background_color: paper,
  categories: ["productivity"],
  icons: [
    { src: "/icons/icon-192.png", sizes: "192x192", type: "image/png" },
    { src: "/icons/icon-512.png", sizes: "512x512", type: "image/png" },
    { src: "/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  ],
  shortcuts: [
    { name: "Nueva tarea", url: "/?new" },
    { name: "Hoy", url: "/today" },
  ],
};

/**
 * Makes the app one that can be installed and that opens without a network: a web app manifest, and a service worker that
 * keeps the page and all that it loads. It answers for those files alone; data is never its business.
 */
export const installable = () =>
  VitePWA({
    registerType: "prompt",
    injectRegister: false, // src/features/updates does
    includeManifestIcons: false,
    manifest,
    workbox: {
      // Of the fonts what Spanish and English are written in: who writes otherwise gets the rest from the network.
      globPatterns: ["index.html", "theme.js", "icon.svg", "assets/*.{js,css}", "assets/*-latin-wght-*.woff2"],
      // What makes traces is of use to few.
      globIgnores: ["assets/operation-spans-*.js"],
      navigateFallback: "/",
      navigateFallbackAllowlist: [appPath],
      clientsClaim: true,
      inlineWorkboxRuntime: true,
      sourcemap: false,
    },
    integration: {
      configureOptions({ root, build }, { workbox }) {
        if (workbox) workbox.manifestTransforms = [pinnedIn(resolve(root, build.outDir))];
      },
    },
  });

/**
 * Has browsers refuse, and ask again later for, what has another content than this build's under the same name: while a
 * version is being rolled out, some routers still have the one before. The page is asked for by its path.
 */
function pinnedIn(folder: string): ManifestTransform {
  const pin = async (entry: Parameters<ManifestTransform>[0][number]) => {
    if (entry.revision === null) return entry; // named by its content
    const hash = createHash("sha384").update(await readFile(join(folder, entry.url)));
    const url = entry.url === "index.html" ? "/" : entry.url;
    return { ...entry, url, integrity: `sha384-${hash.digest("base64")}` };
  };
  return async (entries) => ({ manifest: await Promise.all(entries.map(pin)) });
}
