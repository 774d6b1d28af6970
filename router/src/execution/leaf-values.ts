import { departForShape } from "./departure.ts";

type Leaf = (value: unknown) => unknown;

const integer: Leaf = (value) => (Number.isSafeInteger(value) ? value : departForShape());

/**
 * Takes values of scalars, neither null nor undefined, or departs. What counts as a value of which is the gateway's choice:
 * it lets an ID be an integer, and an Int be a large one.
 */
export const leafValues = {
  Int: integer,
  Float: (value) => (typeof value === "number" && Number.isFinite(value) ? value : departForShape()),
  Boolean: (value) => (typeof value === "boolean" ? value : departForShape()),
  String: (value) => (typeof value === "string" ? value : departForShape()),
  ID: (value) => (typeof value === "string" ? value : integer(value)),
  /** Anything, as a custom scalar may be. */
  custom: (value) => value ?? departForShape(),
} satisfies Record<string, Leaf>;

const orNull =
  (leaf: Leaf): Leaf =>
  (value) =>
    value == null ? null : leaf(value);

/** The same where null may be. */
export const nullableLeafValues = Object.fromEntries(
  Object.entries<Leaf>(leafValues).map(([name, leaf]) => [name, orNull(leaf)]),
);
