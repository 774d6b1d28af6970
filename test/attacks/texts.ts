import { type Person, send } from "../support/person.ts";
import type { Attack, Outcome, Protection, Target } from "./attack.ts";
import { newPerson, password } from "./support/product.ts";

// Texts that mislead whoever reads them, names that pass for another's, and patterns in place of words.

const validation = "service-kit/src/validation.ts";
const names = "subgraphs/users/src/accounts/names.ts";
const taskFilter = "subgraphs/tasks/src/tasks/task-filter.ts";

const someoneAt = async ({ url, product }: Target): Promise<Person> =>
  (await newPerson(product.urls.users, product.serviceKeyFile)).at(url);

const bearer = ({ token }: Person) => ({ authorization: `Bearer ${token}` });

const fieldCodes = (errors: readonly { extensions: Record<string, unknown> }[]) =>
  errors
    .flatMap(({ extensions }) => (extensions.fields as { code: string }[] | undefined) ?? [])
    .map(({ code }) => code);

/** Sends an operation that has to be refused for a field, with one of these codes. */
const refusedField = (
  name: string,
  at: Attack["at"],
  { query, input, codes }: { query: string; input: () => object; codes: readonly string[] },
): Attack => ({
  name,
  at,
  async attempt(target): Promise<Outcome> {
    const answer = await send<unknown>(target.url, query, { input: input() }, bearer(target.product.victim));
    const found = fieldCodes(answer.errors);
    if (found.length > 0 && found.every((code) => codes.includes(code))) return "refused";
    if (answer.errors.length === 0) return "succeeded";
    throw new Error(JSON.stringify(answer.errors));
  },
});

const createTask = "mutation($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }";
const createList = "mutation($input: CreateTaskListInput!) { createTaskList(input: $input) { taskList { id } } }";
const register = "mutation($input: RegisterInput!) { register(input: $input) { user { id } } }";
const atTasks = ["router", "tasks"] as const;
const atUsers = ["router", "users"] as const;
let registered = 0;
const freshName = () => `r${Date.now().toString(36)}${registered++}`;

const treacherous: Readonly<Record<string, string>> = {
  "a NUL": "\0",
  "an escape sequence": "\u001b[2J",
  "a bidirectional override": "\u202e",
  "a bidirectional isolate": "\u2066",
  "half a character": "\ud83d",
  "a C1 control": "\u009b",
};

const treacherousTexts = Object.entries(treacherous).flatMap(([what, character]) => {
  const text = `a${character}b`;
  const codes = ["CONTROL_CHARACTER"];
  return [
    refusedField(`${what} in a title`, atTasks, { query: createTask, input: () => ({ title: text }), codes }),
    refusedField(`${what} in a note`, atTasks, {
      query: createTask,
      input: () => ({ title: "t", notes: text }),
      codes,
    }),
    refusedField(`${what} in a tag`, atTasks, {
      query: createTask,
      input: () => ({ title: "t", tags: [text] }),
      codes,
    }),
    refusedField(`${what} in the name of a list`, atTasks, { query: createList, input: () => ({ name: text }), codes }),
    refusedField(`${what} in a display name`, atUsers, {
      query: register,
      input: () => ({ username: freshName(), password, displayName: text }),
      codes,
    }),
  ];
});

/** Registers a name that looks or compares like one that is taken. */
const impersonation = (name: string, imitate: (username: string) => string): Attack => ({
  name,
  at: atUsers,
  async attempt(target): Promise<Outcome> {
    const victim = `Ñu${freshName()}`;
    const mallory = await someoneAt(target);
    const taken = await send(target.url, register, { input: { username: victim, password } }, bearer(mallory));
    if (taken.errors.length > 0) throw new Error(JSON.stringify(taken.errors));
    const input = { username: imitate(victim), password };
    const { errors } = await send(target.url, register, { input }, bearer(mallory));
    if (errors.length === 0) return "succeeded";
    const codes = fieldCodes(errors);
    if (codes.every((code) => ["TAKEN", "INVALID_CHARACTER", "CONTROL_CHARACTER"].includes(code))) return "refused";
    throw new Error(JSON.stringify(errors));
  },
});

/** Searches as if the text were a pattern; it succeeds when that finds what the text does not name, or fails. */
const search = (name: string, title: string, text: string): Attack => ({
  name,
  at: atTasks,
  async attempt(target): Promise<Outcome> {
    const person = await someoneAt(target);
    await person.get(createTask, { input: { title } });
    const { data, errors } = await person.ask<{ tasks: { nodes: object[] } } | null>(
      "query($text: String!) { tasks(filter: { text: $text }) { nodes { id } } }",
      { text },
    );
    return errors.length === 0 && data?.tasks.nodes.length === 0 ? "refused" : "succeeded";
  },
});

export const textProtections: readonly Protection[] = [
  {
    name: "that texts have no treacherous characters",
    off: [
      {
        file: validation,
        from: "const refusedInProse = /[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069\\p{Cs}]/u;",
        to: "const refusedInProse = /(?!)/u;",
      },
    ],
    attacks: treacherousTexts,
  },
  {
    name: "that a password is made of characters",
    off: [{ file: validation, from: "value.isWellFormed()", to: "value.length >= 0" }],
    attacks: [
      refusedField("half a character in a password", atUsers, {
        query: register,
        input: () => ({ username: freshName(), password: "\ud83dxxxxxxxx" }),
        codes: ["INVALID_CHARACTER"],
      }),
    ],
  },
  {
    name: "the lengths of texts",
    off: [
      { file: validation, from: "text.length <= 2 * max && [...text].length <= max", to: "text.length <= 1e9 + max" },
    ],
    attacks: [
      refusedField("a title of 500,000 characters", atTasks, {
        query: createTask,
        input: () => ({ title: "x".repeat(500_000) }),
        codes: ["TOO_LONG"],
      }),
      refusedField("notes of 500,000 characters", atTasks, {
        query: createTask,
        input: () => ({ title: "t", notes: "x".repeat(500_000) }),
        codes: ["TOO_LONG"],
      }),
    ],
  },
  {
    name: "that names are compared, not their spelling",
    off: [
      {
        file: names,
        from: 'return name.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase().normalize("NFKC");',
        to: "return name;",
      },
    ],
    attacks: [
      impersonation("a taken name in capitals", (name) => name.toUpperCase()),
      impersonation("a taken name in wide letters", (name) => name.replace("u", "\uff55")),
      impersonation("a taken name with a letter of mathematics", (name) => name.replace("u", "\u{1d42e}")),
    ],
  },
  {
    name: "that names are in one Unicode form",
    off: [
      { file: validation, from: '.transform((value) => value.normalize("NFC"));', to: ";" },
      {
        file: names,
        from: 'return name.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase().normalize("NFKC");',
        to: "return name;",
      },
    ],
    attacks: [impersonation("a taken name, decomposed", (name) => name.normalize("NFD"))],
  },
  {
    name: "that all of a name can be seen",
    off: [
      {
        file: names,
        from: "!invisible.test(name) && allowed.test(name) && allowed.test(nameKey(name))",
        to: "name.length > 0 || (invisible.test(name) && allowed.test(name))",
      },
    ],
    attacks: [
      impersonation("a taken name with a zero-width joiner", (name) => `${name}\u200d`),
      impersonation("a taken name with a soft hyphen", (name) => name.replace("u", "u\u00ad")),
      impersonation("a taken name with a variation selector", (name) => `${name}\ufe0f`),
      impersonation("a taken name with a space", (name) => name.replace("u", "u ")),
    ],
  },
  {
    name: "that a search is for words",
    off: [
      {
        file: taskFilter,
        from: "const words = searchWords(text ?? null).slice(0, mostSearchWords);",
        to: 'const words = (text ?? "").split(" ").filter(Boolean).slice(0, mostSearchWords); void searchWords;',
      },
    ],
    attacks: [
      search("a dot for any letter", "secret", "s.cret"),
      search("a class of letters", "secret", "[s]xyz|secret"),
      search("an alternative", "secret", "nothing|secret"),
      search("half a pattern", "secret", "sec(ret"),
    ],
  },
  {
    name: "that runs of combining marks are bounded",
    off: [{ file: validation, from: "!overlongMarkRun.test(value)", to: "value.length >= 0" }],
    attacks: [
      {
        name: "120,000 combining marks to put into order",
        at: ["users"],
        async attempt({ url }): Promise<Outcome> {
          const username = `a${"\u0301\u0323".repeat(60_000)}`;
          const query = "mutation($input: LoginInput!) { login(input: $input) { expiresAt } }";
          const answer = await fetch(`${url}/graphql`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ query, variables: { input: { username, password } } }),
            signal: AbortSignal.timeout(2_000),
          }).catch(() => undefined);
          return answer ? "refused" : "succeeded";
        },
      },
    ],
  },
];
