// Before anything is painted: the chosen colour scheme, or the system's. (A file, because the page allows no inline script.)
(() => {
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("tareas:color-scheme") ?? "auto";
  } catch {
    // No storage to be had: the system's it is.
  }
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
