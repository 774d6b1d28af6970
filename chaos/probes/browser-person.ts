import type { BrowserContext, CDPSession, Page } from "@playwright/test";

export const person = { username: "browser-1", password: "una frase larga y buena" } as const;

/** Somebody at the web app, in Spanish, who does one thing after the other and sees that it is done. */
export class BrowserPerson {
  readonly #context: BrowserContext;
  #page: Page;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.#page = page;
  }

  /** Makes an account in a new browser, and resolves when the app is on it whole: from then on it opens without a network. */
  static async register(context: BrowserContext): Promise<BrowserPerson> {
    const page = await context.newPage();
    await page.goto("/");
    await page.getByRole("button", { name: "Registrarse" }).click();
    await page.getByLabel("Usuario").fill(person.username);
    await page.getByRole("textbox", { name: "Contraseña" }).fill(person.password);
    await page.getByRole("button", { name: "Registrarse" }).click();
    await page.getByRole("textbox", { name: "Nueva tarea" }).waitFor();
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
    return new BrowserPerson(context, page);
  }

  async add(title: string): Promise<void> {
    await this.#page.getByRole("textbox", { name: "Nueva tarea" }).fill(title);
    await this.#page.keyboard.press("Enter");
    await this.#edit(title).waitFor();
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#edit(from).click();
    await this.#page.getByRole("textbox", { name: "Título" }).fill(to);
    await this.#page.keyboard.press("Enter");
    await this.#edit(to).waitFor();
  }

  async complete(title: string): Promise<void> {
    await this.#page.getByRole("checkbox", { name: `Completar «${title}»` }).click();
  }

  async remove(title: string): Promise<void> {
    await this.#page.getByRole("button", { name: `Eliminar «${title}»`, exact: true }).click();
    await this.#edit(title).waitFor({ state: "hidden" });
  }

  /** Resolves when the app says that everything is at the server. */
  async saved(timeoutMs: number): Promise<void> {
    await this.#page
      .getByRole("status")
      .filter({ hasText: /^Guardado$/ })
      .waitFor({ timeout: timeoutMs });
  }

  /** Closes the app, and opens it again after `meanwhile`. */
  async reopen(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    await this.#page.close();
    await meanwhile();
    this.#page = await this.#context.newPage();
    await this.#page.goto("/");
  }

  setOffline(isOffline: boolean): Promise<void> {
    return this.#context.setOffline(isOffline);
  }

  /** Deletes the app's database on this device, as a browser does that is short of space. The app must not be open. */
  async forget(origin: string): Promise<void> {
    const page = await this.#context.newPage();
    const session: CDPSession = await this.#context.newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
    await page.close();
  }

  #edit(title: string) {
    return this.#page.getByRole("button", { name: `Editar «${title}»`, exact: true });
  }
}
