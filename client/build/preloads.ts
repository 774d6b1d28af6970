import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";

type Bundle = Rolldown.OutputBundle;

const entryOfSignedIn = /\/src\/app\/signed-in\.tsx$/;
const lettersOfMost = /-latin-wght-.*\.woff2$/;

/**
 * Tells the page at its beginning what it would find out late: the fonts, and by a <meta> what is loaded when somebody is
 * signed in, which public/theme.js fetches if somebody was.
 */
export const preloads = (): Plugin => ({
  name: "tareas:preloads",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (html, { bundle }) => (bundle ? [...fontsIn(bundle), signedInPartOf(bundle, html)] : []),
  },
});

const fontsIn = (bundle: Bundle): HtmlTagDescriptor[] =>
  Object.keys(bundle)
    .filter((file) => lettersOfMost.test(file))
    .map((file) => ({
      tag: "link",
      attrs: { rel: "preload", as: "font", type: "font/woff2", crossorigin: true, href: `/${file}` },
      injectTo: "head",
    }));

function signedInPartOf(bundle: Bundle, html: string): HtmlTagDescriptor {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const part = chunks.find(({ facadeModuleId }) => entryOfSignedIn.test(facadeModuleId ?? ""));
  if (!part) throw new Error("no chunk of the build begins with app/signed-in.tsx");
  const files = [part.fileName, ...part.imports].map((file) => `/${file}`).filter((path) => !html.includes(path));
  return { tag: "meta", attrs: { name: "tareas:signed-in", content: files.join(" ") }, injectTo: "head-prepend" };
}
