// Before anything is painted: the chosen colour scheme, or the system's. (A file, because the page allows no inline script.)
(() => {
  let chosen = "auto";
  let isKnown = false;
  try {
    chosen = localStorage.getItem("tareas:color-scheme") ?? "auto";
    isKnown = localStorage.getItem("tareas:user") !== null;
  } catch {
    // No storage to be had: the system's it is.
  }
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");

  // Whoever was signed in here most likely is: what they will see is fetched along with the rest. (client/build/preloads.ts)
  const files = document.querySelector('meta[name="tareas:signed-in"]')?.content.split(" ") ?? [];
  for (const href of isKnown ? files : [])
    document.head.append(
      Object.assign(document.createElement("link"), { rel: "modulepreload", crossOrigin: "", href }),
    );
})();
