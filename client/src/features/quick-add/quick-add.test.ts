import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readQuickAdd } from "./quick-add.ts";

const today = "2026-11-25"; // a Wednesday
const lists = [
  { id: "1", name: "Compras" },
  { id: "2", name: "Viaje a Lisboa" },
];
const read = (line: string) => readQuickAdd(line, { today, lists });
const nothing = { dueDate: null, priority: null, tags: [], listId: null };

test("a line says title, day, priority, tags and list, in either language and any order", () => {
  const said = { title: "Comprar pan", dueDate: "2026-11-26", priority: "HIGH", tags: ["casa", "Ya"], listId: "1" };
  expect(read("Comprar pan mañana !alta #casa #Ya +Compras")).toEqual(said);
  expect(read("+compras !HIGH Comprar tomorrow #casa  pan #Ya")).toEqual(said);
});

test("a list with spaces in its name is written without them", () => {
  expect(read("Hotel +viajealisboa")).toEqual({ ...nothing, title: "Hotel", listId: "2" });
});

test("what a task can't hold is cut off, or stays in the title", () => {
  const tags = Array.from({ length: 22 }, (_, i) => `#t${i}`);
  const long = `#${"x".repeat(51)}`;
  const { title, tags: read20 } = read(`Pan ${tags.join(" ")} ${long}`);
  expect(read20).toEqual(tags.slice(0, 20).map((tag) => tag.slice(1)));
  expect(title).toBe(`Pan #t20 #t21 ${long}`);
  expect(read("y".repeat(600)).title).toBe("y".repeat(500));
  expect(read(`${"y".repeat(499)}😀`).title).toBe("y".repeat(499));
});

describe("a day", () => {
  test.each([
    ["hoy", "2026-11-25"],
    ["today", "2026-11-25"],
    ["manana", "2026-11-26"],
    ["pasado mañana", "2026-11-27"],
    ["day after tomorrow", "2026-11-27"],
    ["vie", "2026-11-27"],
    ["el viernes", "2026-11-27"],
    ["next friday", "2026-11-27"],
    ["mié", "2026-12-02"],
    ["on wed", "2026-12-02"],
    ["martes", "2026-12-01"],
    ["en 3 días", "2026-11-28"],
    ["in 2 weeks", "2026-12-09"],
    ["dentro de 1 semana", "2026-12-02"],
    ["5 de diciembre", "2026-12-05"],
    ["3 feb", "2027-02-03"],
    ["february 3", "2027-02-03"],
    ["29 feb", "2028-02-29"],
    ["2027-01-15", "2027-01-15"],
  ])("is understood from %j", (phrase, dueDate) => {
    expect(read(`Llamar ${phrase} a Ana`)).toEqual({ ...nothing, title: "Llamar a Ana", dueDate });
  });

  test.each([
    "Leer Viernes13",
    "Marchar",
    "Comprar mayonesa",
    "Ver 31 feb",
    "Sumar 2027-02-30",
    "Vi a Ana",
    "en 3 partes",
    "Sábana nueva",
  ])("is not read into %j", (line) => {
    expect(read(line)).toEqual({ ...nothing, title: line });
  });

  test.each([
    ["Entregar el informe para hoy", "Entregar el informe", "2026-11-25"],
    ["Dentista el lunes que viene", "Dentista", "2026-11-30"],
    ["Submit by tomorrow", "Submit", "2026-11-26"],
    ["Visit on 24 Dec at noon", "Visit at noon", "2026-12-24"],
    ["Picnic on sun at noon", "Picnic at noon", "2026-11-29"],
    ["Picnic sun #park", "Picnic", "2026-11-29"],
  ])("takes the words that lead to it along: %j", (line, title, dueDate) => {
    expect(read(line)).toMatchObject({ title, dueDate });
  });

  test.each([
    "Quedar por la mañana con Luis",
    "Hacer ejercicio cada lunes",
    "Exercise every Monday",
    "Buy sun cream",
    "Ask Mon ami for wine",
    "Fix issue #12 now",
  ])("is not taken out of %j", (line) => {
    expect(read(line)).toEqual({ ...nothing, title: line });
  });

  test("that is said twice is the last one", () => {
    expect(read("hoy no, mañana")).toMatchObject({ title: "no,", dueDate: "2026-11-26" });
  });
});

test.each(["mañana", "#casa !alta", "+Compras"])("a line of nothing but %j is the title", (line) => {
  expect(read(line)).toEqual({ ...nothing, title: line });
});

test("a mark that means nothing is a word", () => {
  const line = "!ahora +Nada # ! + ¡ya! C++";
  expect(read(line)).toEqual({ ...nothing, title: line });
});

test("any line is understood somehow, and no word of it is lost or made up", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (line) => {
      const { title, tags } = read(line);
      const words = line.split(/\s+/);
      for (const word of title.split(" ").filter((one) => one !== "")) expect(words).toContain(word);
      for (const tag of tags) expect(words).toContain(`#${tag}`);
    }),
  );
});
