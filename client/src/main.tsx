import "@fontsource-variable/bricolage-grotesque/wght.css";
import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.css";
import "./shared/ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { updates } from "./app/updates.ts";
import { startI18n } from "./shared/i18n/i18n.ts";

startI18n();
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
// Vite serves the sources themselves, each as it is now: nothing to keep.
if (import.meta.env.PROD) void updates.start();
