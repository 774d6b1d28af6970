import { expect, type Page } from "@playwright/test";
import { register } from "./support/person.ts";
import { makeList, open, write } from "./support/tasks.ts";
import { test } from "./support/test.ts";

/** Nothing is wider than the screen, and no words of a control are cut off. */
async function expectToFit(page: Page, screen: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const overflow = document.documentElement.scrollWidth - window.innerWidth;
    const cut = [...document.querySelectorAll<HTMLElement>("button, a, label, h1, h2, li, [role=menuitem]")]
      .flatMap((element) => [element, ...element.querySelectorAll<HTMLElement>("span")])
      .filter((element) => {
        const { overflowX, textOverflow } = getComputedStyle(element);
        // Three dots say that there is more.
        return element.checkVisibility() && overflowX === "hidden" && textOverflow !== "ellipsis";
      })
      // A pixel is hidden on purpose where the words are for screen readers.
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 1 && scrollWidth > clientWidth + 1)
      .map(({ textContent }) => textContent);
    return [...(overflow > 0 ? [`the page, by ${overflow} pixels`] : []), ...cut];
  });
  expect.soft(wide, screen).toEqual([]);
}

async function expectAllToFit(page: Page): Promise<void> {
  await register(page);
  await makeList(page, "Una lista con un nombre que es bastante largo");
  await expectToFit(page, "an empty list");
  await write(page, "Llamar a Lucía mañana !alta #casa #unaetiquetaquenoseacabanuncaperonuncanunca");
  await write(page, "w".repeat(120));
  await expectToFit(page, "a list");
  await open(page, "Llamar a Lucía");
  await expectToFit(page, "editor");
  await page.getByRole("textbox", { name: "Fecha" }).click();
  await expect(page.getByRole("table")).toBeVisible();
  await expectToFit(page, "calendar");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Elegir", exact: true }).click();
  await page.getByRole("checkbox", { name: "Elegir «Llamar a Lucía»" }).click();
  await expectToFit(page, "what is chosen");
  await page.getByRole("button", { name: "Etiquetar" }).click();
  await expectToFit(page, "a tag for what is chosen");
  await page.keyboard.press("Escape");
  await page.getByRole("toolbar").getByRole("button", { name: "Eliminar" }).click();
  await expect(page.getByRole("button", { name: "Deshacer" })).toBeVisible();
  await expectToFit(page, "toast");
  await page.getByRole("button", { name: "Opciones de la lista" }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectToFit(page, "menu");
}

// What a window of 1280 pixels shows at a zoom of 400 %. (WCAG 1.4.10)
test.describe("320 pixels wide", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("everything fits", async ({ page }) => {
    await expectAllToFit(page);
  });
});

test.describe("360 pixels wide", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("everything fits with the wide spacing that some people read better with", async ({ page }) => {
    // WCAG 1.4.12
    await page.addInitScript(() => {
      const style = new CSSStyleSheet();
      style.replaceSync(
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }",
      );
      document.adoptedStyleSheets.push(style);
    });
    await expectAllToFit(page);
  });

  test("the title, the search and the person stay where they are while tasks come and are chosen", async ({ page }) => {
    await register(page);
    await write(page, "Uno");
    const places = () =>
      page.evaluate(() =>
        ["h1", "[type=search]", "form input"].map((selector) =>
          Math.round(document.querySelector(selector)?.getBoundingClientRect().top ?? -1),
        ),
      );
    const before = await places();
    await page.getByRole("button", { name: "Elegir", exact: true }).click();
    expect(await places()).toEqual(before);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Eliminar «Uno»" }).click();
    await expect(page.getByText("Nada por aquí")).toBeVisible();
    expect(await places()).toEqual(before);
  });
});

test("who wants less motion gets none", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await register(page);
  await write(page, "Uno");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  // Colours may fade: that moves nothing.
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .flatMap(({ effect }) => (effect as KeyframeEffect).getKeyframes())
      .flatMap((frame) => Object.keys(frame))
      .filter((property) => /transform|translate|scale|rotate|top|left|width|height|margin/i.test(property))
      .filter((property) => !property.endsWith("Color")),
  );
  expect(moving).toEqual([]);
});
