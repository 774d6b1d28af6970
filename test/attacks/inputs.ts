import { type Person, send } from "../support/person.ts";
import { routerCredential } from "../support/router-credential.ts";
import { type Attack, type Edit, everywhere, type Outcome, type Protection, subgraphs } from "./attack.ts";
import { inputPlaces } from "./support/input-places.ts";
import { password } from "./support/product.ts";

// Values that a database would take for something else than a text or an id.

const schemas = "router/src/rest/input-schemas.ts";

const bearer = ({ token }: Person) => ({ authorization: `Bearer ${token}` });

const rawJson = (name: string, body: string): Attack => ({
  name,
  at: everywhere,
  async attempt({ url }): Promise<Outcome> {
    const headers = { "content-type": "application/json" };
    const { status } = await fetch(`${url}/graphql`, { method: "POST", headers, body });
    if (status === 200) return "succeeded";
    if (status === 400) return "refused";
    throw new Error(`status ${status}`);
  },
});

const operator = { $ne: null };

/** Lets any JSON pass for a String or an ID, as a schema of loose scalars would. */
const looseScalars = (file: string, anchor: string): Edit => ({
  file,
  from: anchor,
  to: `const { GraphQLString, GraphQLID } = await import("graphql");
  for (const scalar of [GraphQLString, GraphQLID]) scalar.parseValue = (value) => value as string;
  ${anchor}`,
});
const looseEverywhere = [
  looseScalars(
    "router/src/server.ts",
    `const tracing = startTracing(config, { service: "router", trustsCallers: false });`,
  ),
  looseScalars(
    "service-kit/src/graphql/subgraph-server.ts",
    "const { name, host, port, log, mongo, models, services, requestTimeoutMs: timeoutMs } = options;",
  ),
];

/** An operator for each text and each id that the schema takes, by a variable; it must not reach a subgraph. */
const operatorsInVariables: Attack[] = inputPlaces().map(({ name, server, operation, variables }) => ({
  name: `{ "$ne": null } for ${name}`,
  at: ["router", server],
  async attempt(target): Promise<Outcome> {
    const { server: attacked, url, product } = target;
    const wire = product.wires[server];
    wire.overheard.length = 0;
    const answer = await send(url, operation, variables(operator), bearer(product.victim));
    if (attacked === "router") return wire.overheard.some(({ body }) => body.includes("$ne")) ? "succeeded" : "refused";
    const isRefused =
      answer.errors.length > 0 && answer.errors.every(({ extensions }) => extensions.code === "BAD_USER_INPUT");
    return isRefused && answer.status === 400 ? "refused" : "succeeded";
  },
}));

/** An entity asked for by what is no id, as the router would ask; it has to be nobody's, and not our fault. */
const entityId = (id: unknown): Attack => ({
  name: `an entity with the id ${JSON.stringify(id)}`,
  at: subgraphs,
  async attempt({ server, url, product }): Promise<Outcome> {
    const { data, errors } = await send<{ _entities: unknown[] } | null>(
      url,
      "query($of: [_Any!]!) { _entities(representations: $of) { __typename } }",
      { of: [{ __typename: server === "users" ? "User" : "Task", id }] },
      { ...bearer(product.victim), ...(await routerCredential(product.serviceKeyFile, server)) },
    );
    return errors.length === 0 && data?._entities[0] === null ? "refused" : "succeeded";
  },
});

/** An operator in REST, where it must not get beyond the doorway. */
const operatorInRest = (method: string, path: string, body?: object): Attack => ({
  name: `${method} ${path} ${body ? JSON.stringify(body) : ""}`.trim(),
  at: ["router"],
  async attempt({ url, product }): Promise<Outcome> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...bearer(product.victim), ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.status < 300) return "succeeded";
    const answer = (await response.json()) as { code: string; detail: string };
    if (answer.code !== "BAD_USER_INPUT") throw new Error(JSON.stringify(answer));
    // The doorway names the field; what comes from behind it names a variable of an operation that nobody wrote.
    return answer.detail.includes('Variable "$') ? "succeeded" : "refused";
  },
});

const anyType = { file: schemas, from: 'const text = { type: "string" };', to: "const text = {};" };

export const inputProtections: readonly Protection[] = [
  {
    name: "that texts and ids are nothing else",
    off: looseEverywhere,
    backedBy: "the checks of each input in the subgraphs, and models that take no operator for an id",
    attacks: operatorsInVariables,
  },
  {
    name: "that an entity's id is looked up as a text",
    off: [
      { file: "subgraphs/tasks/src/resolvers/Task.ts", from: "load(String(id))", to: "load(id as never)" },
      {
        file: "subgraphs/users/src/accounts/account-loader.ts",
        from: 'return typeof id === "string" && accountId.test(id) ? this.#byId.load(id) : null;',
        to: "void accountId; return this.#byId.load(id as never);",
      },
    ],
    attacks: [operator, null, [operator], { $oid: "0".repeat(24) }].map(entityId),
  },
  {
    name: "the schemas of REST bodies",
    off: [anyType],
    attacks: [
      operatorInRest("POST", "/login", { username: operator, password }),
      operatorInRest("POST", "/login", { username: "ana", password: operator }),
      operatorInRest("POST", "/register", { username: operator, password }),
      operatorInRest("POST", "/tasks", { title: operator }),
      operatorInRest("POST", "/tasks", { title: "t", tags: [operator] }),
    ],
  },
  {
    name: "that query strings hold known names alone",
    off: [
      {
        file: schemas,
        from: 'type: "object",\n  additionalProperties: false,\n  properties: {\n    limit',
        to: 'type: "object",\n  properties: {\n    limit',
      },
    ],
    attacks: [
      operatorInRest("GET", "/tasks?tag[$ne]=1"),
      operatorInRest("GET", "/tasks?listId[$gt]="),
      operatorInRest("GET", "/tasks?text[$regex]=.*"),
      operatorInRest("GET", "/tasks?__proto__[admin]=1"),
      operatorInRest("GET", "/tasks?$where=sleep(1000)"),
    ],
  },
  {
    name: "that JSON brings no prototype",
    off: [
      {
        file: "service-kit/src/http/server.ts",
        from: "bodyLimit: options.bodyLimitBytes,",
        to: 'bodyLimit: options.bodyLimitBytes, onProtoPoisoning: "ignore", onConstructorPoisoning: "ignore",',
      },
      {
        file: "router/src/http/json-body.ts",
        from: 'app.getDefaultJsonParser("error", "error")',
        to: 'app.getDefaultJsonParser("ignore", "ignore")',
      },
    ],
    attacks: [
      rawJson("__proto__ in a body", '{"query":"{__typename}","__proto__":{"isAdmin":true}}'),
      rawJson("__proto__ in the variables", '{"query":"{__typename}","variables":{"__proto__":{"isAdmin":true}}}'),
      rawJson(
        "constructor.prototype in the variables",
        '{"query":"{__typename}","variables":{"constructor":{"prototype":{"isAdmin":true}}}}',
      ),
    ],
  },
];
