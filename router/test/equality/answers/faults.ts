import type { Random } from "../random.ts";
import type { Json } from "./execute-fetch.ts";

type Path = readonly (string | number)[];

/** A place in a response, and its path there. */
interface Slot {
  readonly holder: Json;
  readonly key: string | number;
  readonly path: Path;
}

/** Makes something of a response wrong. */
type Fault = (response: Json, random: Random) => void;

/** In place of these strings there are numbers in the text of which nothing is left once they were read and written. */
export const oddNumbers: Readonly<Record<string, string>> = {
  "#-0": "-0",
  "#infinite": "1e400",
  "#one": "1.0",
  "#exponent": "12e-1",
  "#huge": "12345678901234567890",
};

const wrongValues = [
  ...[
    null,
    null,
    "text",
    "",
    0,
    1,
    1.5,
    -1,
    3e9,
    9007199254740992,
    1e30,
    true,
    false,
    [],
    {},
    [null],
    [[]],
    [{}],
    ["a"],
    { a: 1 },
  ],
  ...[
    { __typename: "Nobody" },
    { __typename: 3 },
    { __typename: null },
    { id: "1" },
    "NOBODY",
    ...Object.keys(oddNumbers),
  ],
];
const codes = [
  "NOT_FOUND",
  "FORBIDDEN",
  "RATE_LIMITED",
  "CONFLICT",
  "SUBGRAPH_UNAVAILABLE",
  "INTERNAL_SERVER_ERROR",
  "ODD",
  7,
];

function slotsOf(value: unknown, path: Path = []): Slot[] {
  if (typeof value !== "object" || value === null) return [];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => {
    const at = [...path, key];
    return [{ holder: value as Json, key, path: at }, ...slotsOf((value as Json)[key], at)];
  });
}

const anySlot = ({ data }: Json, random: Random, wanted: (slot: Slot) => boolean = () => true): Slot | undefined => {
  const slots = slotsOf(data).filter(wanted);
  return slots.length > 0 ? random.pick(slots) : undefined;
};

const set = ({ holder, key }: Slot, value: unknown) => {
  holder[key] = structuredClone(value);
};

function addError(response: Json, random: Random, path?: unknown): void {
  const code = random.pick(codes);
  const errors = (response.errors as unknown[] | undefined) ?? [];
  const extensions = random.chance(90)
    ? { extensions: { code, subgraph: "other", retryAfterSeconds: 3, stack: "…" } }
    : {};
  const message = random.pick(["It failed.", "", "ünïcödé", "No such thing."]);
  response.errors = [...errors, { message, ...(path !== undefined && { path }), ...extensions }];
}

const faults: readonly Fault[] = [
  // A null with its error, as GraphQL servers have it.
  (response, random) => {
    const slot = anySlot(response, random);
    if (slot) set(slot, null);
    addError(response, random, slot?.path);
  },
  (response, random) => addError(response, random, anySlot(response, random)?.path),
  (response, random) => addError(response, random),
  (response, random) =>
    addError(
      response,
      random,
      random.pick([[], ["nothing"], ["_entities", 99], ["_entities", 0, "nothing"], ["_entities"], [0], [null], null]),
    ),
  (response, random) => {
    response.data = null;
    if (random.chance(80)) addError(response, random);
  },
  // A value that is not of its type.
  (response, random) => {
    const slot = anySlot(response, random);
    if (slot) set(slot, random.pick(wrongValues));
  },
  (response, random) => {
    const slot = anySlot(response, random);
    if (slot) set(slot, null);
  },
  (response, random) => {
    const slot = anySlot(response, random, ({ holder }) => !Array.isArray(holder));
    if (slot) delete slot.holder[slot.key];
  },
  (response, random) => {
    const slot = anySlot(response, random);
    if (slot) set(slot, [slot.holder[slot.key]]);
  },
  (response, random) => {
    const slot = anySlot(response, random, ({ key }) => key === "__typename");
    if (slot) set(slot, random.pick(["Nobody", "Query", "String", "", null, 3, {}, "constructor", "User", "Book"]));
  },
  (response, random) => {
    const slot = anySlot(response, random, ({ holder, key }) => Array.isArray(holder[key]));
    const list = slot?.holder[slot.key] as unknown[] | undefined;
    if (random.chance(50)) list?.pop();
    else list?.push(random.pick([null, {}, "more", ...list]));
  },
  // More than was asked for.
  (response, random) => {
    const slot = anySlot(response, random, ({ holder }) => !Array.isArray(holder));
    const name = random.pick(["extra", "__proto__", "constructor", "__typename", "toString", "id", "name"]);
    const value = random.pick([{ polluted: true }, "extra", 1, null, [1]]);
    if (slot) Object.defineProperty(slot.holder, name, { value, enumerable: true, configurable: true, writable: true });
  },
  (response, random) => {
    const slot = anySlot(response, random);
    const other = anySlot(response, random);
    if (slot && other && other.path.length > 0) set(slot, other.holder[other.key]);
  },
  (response) => {
    response.errors = [];
  },
];

/** Makes one thing or several of a response wrong. */
export function addFaults(response: Json, random: Random, count: number): void {
  for (let index = 0; index < count; index += 1) random.pick(faults)(response, random);
}
