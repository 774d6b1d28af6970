import { type Attack, everywhere, type Outcome, type Protection, type Target } from "./attack.ts";
import type { Server } from "./support/product.ts";

// Operations that cost more than they should, requests that a browser sends for another site's page, and the schema.

const surface = "service-kit/src/graphql/surface.ts";
const documentLimits = "service-kit/src/graphql/limits/document-limits.ts";
const measure = "service-kit/src/graphql/limits/measure.ts";
const httpServer = "service-kit/src/http/server.ts";

/** The limits that each server has by itself (see docs/settings.md). */
const router = { depth: 12, aliases: 30, directives: 50, tokens: 2_000, rootFields: 20 };
const subgraph = { depth: 20, aliases: 1_000, directives: 1_000, tokens: 10_000, rootFields: 50 };
const limits: Readonly<Record<Server, typeof router>> = { router, users: subgraph, tasks: subgraph };
/** A field with an object, of each server's schema. */
const roots: Readonly<Record<Server, string>> = { router: "me", users: "me", tasks: "taskLists" };

const repeat = (times: number, part: (index: number) => string) =>
  Array.from({ length: times }, (_, index) => part(index)).join(" ");

const post = ({ url, product }: Target, body: unknown, signal: AbortSignal | null = null) =>
  fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${product.victim.token}` },
    body: JSON.stringify(body),
    signal,
  });

type MakeRequest = (server: Server) => { query: string; variables?: object; operationName?: string };

/** An operation that a server should not begin with. */
const operation = (name: string, make: MakeRequest, at = everywhere): Attack => ({
  name,
  at,
  async attempt(target): Promise<Outcome> {
    const response = await post(target, make(target.server));
    const text = await response.text();
    if (response.status === 400 && text.includes('"QUERY_TOO_COMPLEX"') && !text.includes('"data"')) return "refused";
    if (response.status === 200 && text.includes('"data":{')) return "succeeded";
    throw new Error(`neither refused nor answered: ${response.status} ${text.slice(0, 500)}`);
  },
});

/** Something that must be refused at once: it succeeds when the server breaks, or is still busy after two seconds. */
const holdUp = (name: string, query: string): Attack => ({
  name,
  at: everywhere,
  async attempt(target): Promise<Outcome> {
    const response = await post(target, { query }, AbortSignal.timeout(2_000)).catch(() => undefined);
    return response?.status === 400 ? "refused" : "succeeded";
  },
});

const withoutCheck = (name: string, what: string): Protection["off"] => [
  { file: documentLimits, from: `    ["${what}", "${name}"],\n`, to: "" },
];

/** `list { tasks { nodes { … } } }` inside of tasks, so deep that the innermost field is over the limit by two. */
function nested(server: Server): string {
  const below = Array.from({ length: limits[server].depth - 1 }, (_, i) => ["list", "tasks(first: 1)", "nodes"][i % 3]);
  const names = ["tasks(first: 1)", "nodes", ...below];
  return `{ ${names.join(" { ")} { __typename ${"} ".repeat(names.length)} }`;
}

function nestedInFragments(server: Server): string {
  const times = Math.ceil(limits[server].depth / 3);
  const links = repeat(times, (i) => `fragment F${i} on Task { list { tasks(first: 1) { nodes { ...F${i + 1} } } } }`);
  return `{ tasks(first: 1) { nodes { ...F0 } } } ${links} fragment F${times} on Task { id }`;
}

const page = (size: string) => `tasks(first: ${size}) { nodes { list { tasks(first: ${size}) { nodes { id } } } } }`;
const manyPages = (size: string) => repeat(11, (i) => `p${i}: ${page(size)}`);
const atTasks = ["router", "tasks"] as const;

const fragmentBomb = `{ ...F0 } fragment F28 on Query { __typename } ${repeat(28, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)}`;

interface SimpleRequest {
  readonly method: string;
  readonly path?: string;
  readonly type?: string;
  readonly body?: string;
}

/** A request that a browser sends across origins without asking first (Fetch standard, CORS-safelisted). */
const simpleRequest = (name: string, { method, path = "", type, body }: SimpleRequest): Attack => ({
  name,
  at: everywhere,
  async attempt({ url }): Promise<Outcome> {
    const headers = { origin: "https://evil.example", ...(type !== undefined && { "content-type": type }) };
    const response = await fetch(`${url}/graphql${path}`, { method, headers, ...(body !== undefined && { body }) });
    const answer = await response.text();
    if (answer.includes('"data":{"__typename"')) return "succeeded";
    if (response.status >= 400 && response.status < 500) return "refused";
    throw new Error(`status ${response.status}: ${answer}`);
  },
});

const asJson = JSON.stringify({ query: "{ __typename }" });
const asForm = new URLSearchParams({ query: "{ __typename }" }).toString();
const inAddress = "?query=%7B__typename%7D";

/** As a naive server would read them: any body as JSON, or as the fields of a form. */
const takingAnyBody = `app.removeContentTypeParser("text/plain");
  app.addContentTypeParser("*", { parseAs: "string" }, (_, body, done) => {
    const text = String(body);
    done(null, text.startsWith("{") ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text)));
  });`;

/** Something that tells of the schema; `told` is what an answer that tells holds. */
const disclosure = (name: string, query: string, told: string): Attack => ({
  name,
  at: everywhere,
  async attempt(target): Promise<Outcome> {
    const text = await (await post(target, { query })).text();
    return text.includes(told) ? "succeeded" : "refused";
  },
});

export const graphqlProtections: readonly Protection[] = [
  {
    name: "the limit of depth",
    off: withoutCheck("depth", "Fields are nested too deep"),
    attacks: [
      operation("fields that nest too deep", (server) => ({ query: nested(server) }), atTasks),
      operation("fields that nest too deep by fragments", (server) => ({ query: nestedInFragments(server) }), atTasks),
    ],
  },
  {
    name: "the limit of aliases",
    off: withoutCheck("aliases", "There are too many aliases"),
    attacks: [
      operation("one name too many for a field", (server) => ({
        query: `{ ${roots[server]} { ${repeat(limits[server].aliases + 1, (i) => `a${i}: id`)} } }`,
      })),
      operation("one name too many, counted over fragments", (server) => {
        const half = limits[server].aliases / 2 + 1;
        const type = server === "tasks" ? "TaskList" : "User";
        const fragment = (name: string) => `fragment ${name} on ${type} { ${repeat(half, (i) => `${name}${i}: id`)} }`;
        return { query: `{ ${roots[server]} { ...A ...B } } ${fragment("A")} ${fragment("B")}` };
      }),
    ],
  },
  {
    name: "the limit of directives",
    off: withoutCheck("directives", "There are too many directives"),
    attacks: [
      operation("one directive too many", (server) => ({
        query: `{ ${roots[server]} { ${repeat((limits[server].directives + 1) / 8 + 1, (i) => `... @include(if: true) @skip(if: false) { ... @include(if: true) @skip(if: false) { ... @include(if: true) @skip(if: false) { ... @include(if: true) @skip(if: false) { ${i % 2 ? "id" : "__typename"} } } } }`)} } }`,
      })),
    ],
  },
  {
    name: "the limit of tokens",
    off: [{ file: surface, from: "parseOptions: { maxTokens: limits.tokens },", to: "" }],
    attacks: [
      operation("a document of too many operations", (server) => ({
        query: repeat(limits[server].tokens / 5 + 1, (i) => `query Q${i} { __typename }`),
        operationName: "Q0",
      })),
    ],
  },
  {
    name: "the limit of root fields",
    off: withoutCheck("rootFields", "There are too many root fields"),
    attacks: [
      operation("one root field too many", (server) => ({
        query: `{ ${repeat(limits[server].rootFields + 1, (i) => `a${i}: __typename`)} }`,
      })),
      operation("one root field too many, counted over fragments", (server) => {
        const half = limits[server].rootFields / 2 + 1;
        const fragment = (name: string) =>
          `fragment ${name} on Query { ${repeat(half, (i) => `${name}${i}: __typename`)} }`;
        return { query: `{ ...A ...B } ${fragment("A")} ${fragment("B")}` };
      }),
    ],
  },
  {
    name: "the limit of cost",
    off: [
      {
        file: "service-kit/src/graphql/limits/cost-limit.ts",
        from: "if (!operation || !exceedsCost(",
        to: "if (!operation || limitOff || !exceedsCost(",
      },
      {
        file: "service-kit/src/graphql/limits/cost-limit.ts",
        from: "const http = ",
        to: "const limitOff = true;\nconst http = ",
      },
    ],
    attacks: [
      operation("pages in pages, by literals", () => ({ query: `{ ${manyPages("100")} }` }), atTasks),
      operation(
        "pages in pages, by variables",
        () => ({
          query: `query ($n: Int) { ${manyPages("$n")} }`,
          variables: { n: 100 },
        }),
        atTasks,
      ),
      operation(
        "pages in pages, by defaults of variables",
        () => ({
          query: `query ($n: Int = 100) { ${manyPages("$n")} }`,
        }),
        atTasks,
      ),
      operation(
        "pages in pages, by variables beside small defaults",
        () => ({
          query: `query ($n: Int = 1) { ${manyPages("$n")} }`,
          variables: { n: 100 },
        }),
        atTasks,
      ),
      operation(
        "pages in pages, backwards",
        () => ({
          query: `{ ${manyPages("100").replaceAll("first", "last")} }`,
        }),
        atTasks,
      ),
    ],
  },
  {
    name: "the limit of selections",
    off: withoutCheck("selections", "Too much is selected, with its fragments spread out"),
    attacks: [holdUp("fragments that spread fragments, 2 to the power of 28 in all", fragmentBomb)],
  },
  {
    name: "that measuring a document ends",
    off: [
      { file: measure, from: " || within.includes(fragment)", to: "" },
      {
        file: measure,
        from: "if (this.#nesting > deepestNesting)",
        to: "if (this.#nesting > 1_000_000 + deepestNesting)",
      },
      { file: measure, from: "this.#size.selections > this.#most.selections || ", to: "" },
    ],
    attacks: [
      holdUp("a fragment that spreads itself", "{ ...A } fragment A on Query { ...A }"),
      holdUp("fragments in a circle", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"),
      holdUp(
        "a circle that nothing spreads",
        "{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }",
      ),
    ],
  },
  {
    name: "that a request holds one operation",
    off: [{ file: surface, from: "allowBatchedHttpRequests: false", to: "allowBatchedHttpRequests: true" }],
    attacks: [
      {
        name: "a hundred operations in one request",
        at: everywhere,
        async attempt(target): Promise<Outcome> {
          const { status } = await post(
            target,
            Array.from({ length: 100 }, () => ({ query: "{ __typename }" })),
          );
          if (status === 200) return "succeeded";
          if (status === 400) return "refused";
          throw new Error(`status ${status}`);
        },
      },
    ],
  },
  {
    name: "that what a browser sends unasked is not answered",
    off: [
      { file: surface, from: "csrfPrevention: true,", to: "csrfPrevention: false," },
      {
        file: httpServer,
        from: "closeConnectionsThatDoNotRead(app, options.answerTimeoutMs);",
        to: takingAnyBody,
      },
    ],
    attacks: [
      simpleRequest("a link or an image of another site's (GET)", { method: "GET", path: inAddress }),
      simpleRequest("a form of another site's", {
        method: "POST",
        type: "application/x-www-form-urlencoded",
        body: asForm,
      }),
      simpleRequest("JSON that calls itself text", { method: "POST", type: "text/plain", body: asJson }),
    ],
  },
  {
    name: "that the schema is not told in production",
    off: [{ file: surface, from: "settings.INTROSPECTION ??", to: "settings.INTROSPECTION === false ||" }],
    attacks: [
      disclosure("introspection of the schema", "{ __schema { queryType { name } } }", '"Query"'),
      disclosure("introspection of a type", '{ __type(name: "Query") { name } }', '"Query"'),
      disclosure("a misspelt argument, to be told the right one", '{ __type(nam: "Query") { name } }', "Did you mean"),
      {
        name: "GraphiQL",
        at: ["router"],
        attempt: async ({ url }) => ((await fetch(`${url}/graphiql`)).status === 200 ? "succeeded" : "refused"),
      },
    ],
  },
];
