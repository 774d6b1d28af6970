import { serviceNames } from "@tareas/local-stack/services";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RawConnection, requestText } from "./support/raw-connection.ts";

const env = {
  HEADER_LIMIT_BYTES: "4096",
  CONNECTION_LIMIT: "30",
  REQUESTS_PER_CONNECTION: "400",
  HEADERS_TIMEOUT_MS: "700",
  RECEIVE_TIMEOUT_MS: "1000",
  ANSWER_TIMEOUT_MS: "800",
  KEEP_ALIVE_TIMEOUT_MS: "500",
};
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ env: { router: env, users: env, tasks: env } });
});
afterAll(() => stack?.[Symbol.asyncDispose]());

const json = { "content-type": "application/json" };
const alive = requestText("GET", "/health/live");
const statuses = (answers: string) => [...answers.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status);

// Some 500 KB of answer for 600 bytes of request: a few of them, unread, fill every buffer on the way.
const whole =
  "fragment S on __Schema { types { name description fields { name description args { name description } } } }";
const schema = `{ ${Array.from({ length: 20 }, (_, i) => `a${i}: __schema { ...S }`).join(" ")} } ${whole}`;
const askForSchema = requestText("POST", "/graphql", json, JSON.stringify({ query: schema }));

// The answer is 408, but who is still writing when the server closes the connection may never get to read it.
describe.each(serviceNames)("the %s server closes a connection", (name) => {
  test.concurrent("on which nothing comes", async () => {
    using connection = await RawConnection.open(stack[name].url);
    expect(statuses(await connection.closed)).toEqual(["408"]);
  });

  test.concurrent("on which headers come one by one without an end", async () => {
    using connection = await RawConnection.open(stack[name].url);
    connection.write("GET /health/live HTTP/1.1\r\nhost: 127.0.0.1\r\n");
    connection.drip("x-more: 1\r\n", 50);
    expect(await connection.closed).not.toContain(" 200 ");
  });

  test.concurrent("on which a body comes byte by byte", async () => {
    using connection = await RawConnection.open(stack[name].url);
    connection.write(requestText("POST", "/graphql", { ...json, "content-length": "1000" }));
    connection.drip(" ", 50);
    expect(await connection.closed).not.toContain(" 200 ");
  });

  test.concurrent("on which a second request stays half", async () => {
    using connection = await RawConnection.open(stack[name].url);
    connection.write(`${alive}GET /health/live HTTP/1.1\r\n`);
    connection.drip("x-more: 1\r\n", 50);
    expect(statuses(await connection.closed)[0]).toBe("200");
  });

  test.concurrent("that is not used again", async () => {
    using connection = await RawConnection.open(stack[name].url);
    connection.write(alive);
    expect(statuses(await connection.closed)).toEqual(["200"]);
  });

  test.concurrent("whose headers are too large", async () => {
    using connection = await RawConnection.open(stack[name].url);
    connection.write(requestText("GET", "/health/live", { "x-large": "x".repeat(5_000) }));
    expect(statuses(await connection.closed)).toEqual(["431"]);
  });

  // Not beside the others: these keep a server so busy that it would see what the others send too late.
  test("whose client takes none of its answers", async () => {
    using connection = await RawConnection.open(stack[name].url, { reads: false });
    // All of them are whole, so that no time-out of a request has a say.
    connection.write(askForSchema.repeat(40));
    connection.drip(askForSchema, 50); // the server doesn't read on: it is by the failing write that we learn of the end
    await connection.closed;
  });

  test("after its last request", async () => {
    using connection = await RawConnection.open(stack[name].url);
    connection.write(alive.repeat(400));
    const answers = await connection.closed;
    expect(statuses(answers)).toEqual(Array(400).fill("200"));
    expect(answers.match(/^connection: close/gim)).toHaveLength(1);
  });
});

describe.each(serviceNames)("the %s server", (name) => {
  test("answers though more connections than it takes are held open, by closing the oldest of them", async () => {
    const { url } = stack[name];
    using held = new DisposableStack();
    const silent: Promise<string>[] = [];
    for (let count = 0; count < 90; count++) silent.push(held.use(await RawConnection.open(url)).closed);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    // Those that are closed to make room hear nothing; those that are closed for their silence get a 408.
    expect(await silent[0]).toBe("");
    expect(await silent.at(-1)).toContain(" 408 ");
  });
});
