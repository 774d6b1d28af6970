import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { en } from "./en.ts";
import { es } from "./es.ts";

interface Texts {
  readonly [key: string]: string | Texts;
}

const sources = join(import.meta.dirname, "../..");
/** Enough to meet every form but Spanish's for whole millions, which nobody has of anything here. */
const counts = Array.from({ length: 1_001 }, (_, count) => count);
const pluralForm = /_(zero|one|two|few|many|other)$/;

/** Every text by its path: "tasks.priority.HIGH". */
function flat(texts: Texts, above = ""): Map<string, string> {
  const entries = Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${above}${key}`, value] as const] : [...flat(value, `${above}${key}.`)],
  );
  return new Map(entries);
}

const languages = { es: flat(es), en: flat(en) };
const withoutForm = (key: string) => key.replace(pluralForm, "");
const keysOf = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(withoutForm))].sort();
const variablesOf = (text: string) => [...text.matchAll(/{{\s*([\w.]+)/g)].map(([, name]) => name).sort();

/**
 * The paths that the sources ask for, as `$.tasks.title`. Where a part is found out at run time, as in
 * `$.errors.fields[code]`, the path ends before it with a dot: all that is below it may be asked for.
 */
function pathsIn(source: string): string[] {
  return [...source.matchAll(/\$((?:\s*\??\.\s*\w+|\[[^\]]+\])+)/g)].map(([, path = ""]) => {
    const [known = "", atRunTime] = path.replace(/\["([^"]+)"\]/g, ".$1").split("[", 2);
    const keys = known.replace(/[\s?]/g, "").slice(1);
    return atRunTime === undefined ? keys : `${keys}.`;
  });
}

const used = readdirSync(sources, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|generated/.test(file))
  .flatMap((file) => pathsIn(readFileSync(join(sources, file), "utf8")).map((path) => ({ file, path })));

const isAskedFor = (key: string) =>
  used.some(({ path }) => (path.endsWith(".") ? key.startsWith(path) : key === path || withoutForm(key) === path));

describe.each(Object.entries(languages))("the texts in %s", (language, texts) => {
  test("are there, without blanks around them", () => {
    for (const [key, text] of texts) expect(text, key).toMatch(/^\S(.*\S)?$/s);
  });

  test("have every form that a number takes in the language", () => {
    const plurals = [...texts.keys()].filter((key) => key.endsWith("_other")).map(withoutForm);
    const rules = new Intl.PluralRules(language);
    const forms = new Set(counts.map((count) => rules.select(count)));
    for (const plural of plurals)
      expect([...texts.keys()], plural).toEqual(expect.arrayContaining([...forms].map((form) => `${plural}_${form}`)));
  });
});

test("both languages have the same texts, with the same variables in them", () => {
  expect(keysOf(languages.en)).toEqual(keysOf(languages.es));
  for (const [key, text] of languages.es) {
    const translation = languages.en.get(key) ?? languages.en.get(`${withoutForm(key)}_other`) ?? "";
    expect(variablesOf(translation), key).toEqual(variablesOf(text));
  }
});

test("every text that the app asks for is there", () => {
  expect(used.length).toBeGreaterThan(0);
  const keys = keysOf(languages.es);
  const missing = used.filter(
    ({ path }) => !keys.some((key) => (path.endsWith(".") ? key.startsWith(path) : key === path)),
  );
  expect(missing).toEqual([]);
});

test("every text that is there is asked for", () => {
  expect([...languages.es.keys()].filter((key) => !isAskedFor(key))).toEqual([]);
});
