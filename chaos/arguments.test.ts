import { expect, test } from "vitest";
import { readCommand, UsageError } from "./arguments.ts";

const known = ["users-down", "tasks-hang", "failover"];
const all = [...known, "soak"];
const read = (...args: string[]) => readCommand(args, { all, usual: known, short: ["failover"] }, 1_700_000_000_999);

test("without options all is run once, with controls and a seed from the clock", () => {
  expect(read()).toEqual({
    ...{ kind: "run", names: known, only: [], seed: 1_700_000_000, hasControls: true, out: undefined, repeat: 1 },
    isShort: false,
  });
});

test("what takes long is run when it is named, and --short takes some", () => {
  expect(read("--only", "soak")).toMatchObject({ names: ["soak"] });
  expect(read("--short")).toMatchObject({ names: ["failover"], isShort: true });
});

test("--only may be repeated or have commas; they are run in the order of the list", () => {
  const expected = { names: ["users-down", "failover"], only: ["failover", "users-down"] };
  expect(read("--only", "failover", "--only", "users-down")).toMatchObject(expected);
  expect(read("--only=failover,users-down")).toMatchObject(expected);
  expect(read("--only", "failover, users-down")).toMatchObject(expected);
});

test("all other options are understood", () => {
  expect(read("--seed", "7", "--no-controls", "--repeat", "3", "--out", "there")).toMatchObject({
    ...{ seed: 7, hasControls: false, repeat: 3, out: "there" },
  });
  expect(read("--list")).toEqual({ kind: "list" });
  expect(read("--help")).toEqual({ kind: "help" });
});

test.each([
  [["--only", "nobody"], /^there is no experiment "nobody": --list names them$/],
  [["--only", "users-down,"], /^there is no experiment "": --list names them$/],
  [["--only"], /--only/],
  [["--sede", "7"], /--sede/],
  [["users-down"], /users-down/],
  [["--seed", "x"], /^--seed needs a whole number from 0 to 4294967295, not "x"$/],
  [["--seed", "4294967296"], /^--seed needs/],
  [["--seed", "4294967295", "--repeat", "2"], /^--seed needs/],
  [["--seed", "1e3"], /^--seed needs/],
  [["--seed=-1"], /^--seed needs/],
  [["--repeat", "0"], /^--repeat needs a whole number from 1 to 1000, not "0"$/],
  [["--repeat", "1.5"], /^--repeat needs/],
  [["--out", ""], /^--out needs a folder$/],
  [["--list=yes"], /--list/],
])("%j is refused in one line that says why", (args, why) => {
  const refusal = () => read(...args);
  expect(refusal).toThrow(UsageError);
  expect(refusal).toThrow(why);
  expect(refusal).not.toThrow(/\n/);
});
