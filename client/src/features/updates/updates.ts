import { isLoadingOptional } from "./optional-part.ts";

const lookEveryMs = 3_600_000;
/** Of this tab: the version (by its script's name) that was given up because a part of it was gone. */
const givenUp = "tareas:given-up-version";
/** Without a network, or a place to keep files in, the app goes on with what it has. */
const goOn = () => {};

/**
 * Keeps the app's files in the browser by a service worker, and finds out when the server has a new version of them. The
 * new worker waits: every tab goes on with the files that it began with until somebody asks for the new version. Then
 * all tabs reload, because the worker has the files of one version only.
 */
export class Updates {
  #isAvailable = false;
  #registration: ServiceWorkerRegistration | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether a new version waits to be asked for. */
  readonly isAvailable = (): boolean => this.#isAvailable;

  /** To be called once; it waits until the page has loaded, whose own requests come first. */
  async start(): Promise<void> {
    window.addEventListener("vite:preloadError", reloadOnce);
    // Browsers have workers on HTTPS and on this machine only.
    if (!("serviceWorker" in navigator)) return;
    if (document.readyState !== "complete")
      await new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
    const options = { updateViaCache: "none" } as const;
    const registration = await navigator.serviceWorker.register("/sw.js", options).catch(goOn);
    if (registration) this.#follow(registration);
  }

  /** Goes over to the new version, in all tabs. */
  reload(): void {
    const waiting = this.#registration?.waiting;
    if (waiting) waiting.postMessage({ type: "SKIP_WAITING" });
    else window.location.reload();
  }

  #follow(registration: ServiceWorkerRegistration): void {
    this.#registration = registration;
    reloadWithNextWorker(registration);
    const follow = (worker: ServiceWorker | null) => worker?.addEventListener("statechange", () => this.#tell());
    registration.addEventListener("updatefound", () => follow(registration.installing));
    follow(registration.installing);
    this.#tell();

    const look = () => void registration.update().catch(goOn);
    if (registration.active) look();
    setInterval(look, lookEveryMs);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  }

  #tell(): void {
    // The first worker of all waits too, for a moment, but there is no version before it.
    this.#isAvailable = Boolean(this.#registration?.waiting && this.#registration.active);
    for (const listener of this.#listeners) listener();
  }
}

/** The first worker takes charge of the page as it is; every later one has the files of another version. */
function reloadWithNextWorker(registration: ServiceWorkerRegistration): void {
  let isFirst = !registration.active;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!isFirst) window.location.reload();
    isFirst = false;
  });
}

/** A part of the app that is loaded when it is needed is gone from the server, as is this whole version of it. */
function reloadOnce(event: Event): void {
  if (isLoadingOptional() || !navigator.onLine || sessionStorage.getItem(givenUp) === import.meta.url) return;
  sessionStorage.setItem(givenUp, import.meta.url);
  event.preventDefault();
  window.location.reload();
}
