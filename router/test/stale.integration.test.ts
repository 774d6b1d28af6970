import { afterEach, describe, expect, test } from "vitest";
import { disposeAll } from "./support/counts-router.ts";
import { asViewer, fail, friendsRouter, people } from "./support/friends-router.ts";

afterEach(disposeAll);

const both = "{ feed { title owner { username displayName } } }";
const ana = { username: "ana", displayName: "Ana" };
const bea = { username: "bea", displayName: "Bea" };
const allOf = (...owners: (object | null)[]) => ({
  feed: owners.map((owner, index) => ({ title: `task ${index + 1}`, owner })),
});
/** As `extensions.stale` should be: whole seconds, and few of them in a test. */
const note = (path: (string | number)[], fields: string[]) => ({
  path,
  fields,
  ageSeconds: expect.toSatisfy((age: number) => Number.isInteger(age) && age >= 0 && age < 60),
});
const staleFeed = (fields: string[]) => [0, 1, 2].map((index) => note(["feed", index, "owner"], fields));

describe("public fields that were seen lately", () => {
  test.each([
    ["refuses connections", fail.gone],
    ["answers with a page of status 503", fail.page],
    ["hangs", fail.hang],
    ["says that its database is out of reach", fail.database],
  ] as const)("are served, with a note for each object, while their subgraph %s", async (_, failure) => {
    const { router, users } = await friendsRouter({ SUBGRAPH_TIMEOUT_MS: "1000" });
    expect((await router.query(both)).body).toEqual({ data: allOf(ana, bea, ana) });
    await failure(users);
    const { status, body } = await router.query(both);
    expect(status).toBe(200);
    expect(body).toEqual({
      data: allOf(ana, bea, ana),
      extensions: { stale: staleFeed(["username", "displayName"]) },
    });
  });

  test("are fresh again without a note when the subgraph is back", async () => {
    const { router, users } = await friendsRouter();
    await router.query(both);
    users.state.answer = fail.answer;
    expect((await router.query(both)).body.extensions).toBeDefined();
    users.state.answer = people({ 1: { ...ana, displayName: "Ana María" }, 2: bea });
    const isBack = async () => (await router.query("{ feed { owner { displayName } } }")).body;
    const owners = ["Ana María", "Bea", "Ana María"].map((displayName) => ({ owner: { displayName } }));
    await expect.poll(isBack, { timeout: 10_000 }).toEqual({ data: { feed: owners } });
  });

  test("are found under other aliases, in fragments, and with @skip and @include", async () => {
    const { router, users } = await friendsRouter();
    const seen = `query ($yes: Boolean!) { feed { owner { who: username ...Name @include(if: $yes) } } }
      fragment Name on User { called: displayName }`;
    await router.query(seen, { variables: { yes: true } });
    users.state.answer = fail.answer;
    const asked = `query ($yes: Boolean!) {
      first: feed { by: owner { ... on User { name: username } displayName @skip(if: $yes) email @skip(if: $yes) } }
    }`;
    const { body } = await router.query(asked, { variables: { yes: true } });
    expect(body.data).toEqual({ first: ["ana", "bea", "ana"].map((name) => ({ by: { name } })) });
    expect(body.errors).toBeUndefined();
    expect(body.extensions).toEqual({ stale: [0, 1, 2].map((index) => note(["first", index, "by"], ["name"])) });

    const { body: more } = await router.query(asked, { variables: { yes: false } });
    expect(more.errors?.map(({ path }) => path)).toEqual([0, 1, 2].map((index) => ["first", index, "by", "email"]));
    const fields = ["name", "displayName"];
    expect(more.extensions).toEqual({ stale: [0, 1, 2].map((index) => note(["first", index, "by"], fields)) });
  });

  test("that @skip left out were not seen", async () => {
    const { router, users } = await friendsRouter();
    const query = "query ($no: Boolean!) { feed { owner { username displayName @include(if: $no) } } }";
    await router.query(query, { variables: { no: false } });
    users.state.answer = fail.answer;
    const { body } = await router.query(both);
    expect(body.data).toEqual(allOf(null, null, null));
    expect(body.extensions).toBeUndefined();
    expect(body.errors).toHaveLength(3);
  });

  test("do not hide what else could not be had", async () => {
    const { router, users } = await friendsRouter();
    const query = "{ feed { title owner { username email } } }";
    await router.query(query);
    users.state.answer = fail.answer;
    const { body } = await router.query(query);
    const [one, two] = [
      { username: "ana", email: null },
      { username: "bea", email: null },
    ];
    expect(body.data).toEqual(allOf(one, two, one));
    expect(body.extensions).toEqual({ stale: staleFeed(["username"]) });
    expect(body.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual(
      [0, 1, 2].map((index) => [["feed", index, "owner", "email"], "SUBGRAPH_UNAVAILABLE"]),
    );
  });

  test("come to nothing, and without a note, where a field that may not be null is lost", async () => {
    const { router, users } = await friendsRouter();
    const query = "{ feed { title owner { username createdAt } } }";
    await router.query(query);
    users.state.answer = fail.answer;
    const { body } = await router.query(query);
    expect(body.data).toEqual(allOf(null, null, null));
    expect(body.extensions).toBeUndefined();
    expect(body.errors?.map(({ path }) => path)).toEqual([0, 1, 2].map((index) => ["feed", index, "owner"]));
  });

  test("belong to whom they were shown, be it nobody or an API token", async () => {
    const { router, users } = await friendsRouter();
    const as = (headers: Record<string, string>) => router.query(both, { headers });
    const one = asViewer({ sub: "1" });
    await as(one);
    await as(asViewer({ sub: "3", scope: "tasks:read" }));
    users.state.answer = fail.answer;
    expect((await as(one)).body.data).toEqual(allOf(ana, bea, ana));
    expect((await as(asViewer({ sub: "3", scope: "tasks:read" }))).body.data).toEqual(allOf(ana, bea, ana));
    const others = [{}, asViewer({ sub: "2" }), asViewer({ sub: "1", scope: "tasks:read" }), asViewer({ sub: "3" })];
    for (const headers of others) expect((await as(headers)).body.data).toEqual(allOf(null, null, null));
  });

  test("of somebody who is gone are served to nobody", async () => {
    const { router, users } = await friendsRouter();
    const viewers = [asViewer({ sub: "1" }), asViewer({ sub: "2" })];
    for (const headers of viewers) await router.query(both, { headers });
    users.state.answer = people({ 1: ana });
    await router.query("{ feed { owner { email } } }", { headers: viewers[0] as Record<string, string> });
    users.state.answer = fail.answer;
    for (const headers of viewers)
      expect((await router.query(both, { headers })).body.data).toEqual(allOf(ana, null, ana));
  });

  test("are taken from no entity that has an error", async () => {
    const { router, users } = await friendsRouter();
    const error = { message: "no", extensions: { code: "FORBIDDEN" } };
    users.state.answer = (request) => ({
      ...people({ 1: { ...ana, email: null }, 2: bea })(request),
      errors: [0, 2].map((index) => ({ ...error, path: ["_entities", index, "email"] })),
    });
    await router.query("{ feed { owner { username displayName email } } }");
    users.state.answer = fail.answer;
    expect((await router.query(both)).body.data).toEqual(allOf(null, bea, null));
  });

  test("are taken from no answer with an error that may be about any of it", async () => {
    const { router, users } = await friendsRouter();
    users.state.answer = (request) => ({
      ...people({ 1: ana, 2: bea })(request),
      errors: [{ message: "no", extensions: { code: "FORBIDDEN" } }],
    });
    await router.query(both);
    users.state.answer = fail.answer;
    expect((await router.query(both)).body.data).toEqual(allOf(null, null, null));
  });

  test("are no answer to an error that says something else", async () => {
    const { router, users } = await friendsRouter();
    await router.query(both);
    users.state.answer = () => ({ data: null, errors: [{ message: "no", extensions: { code: "FORBIDDEN" } }] });
    expect((await router.query(both)).body.data).toEqual(allOf(null, null, null));
  });
});

describe("what is kept", () => {
  const after = async (env: NodeJS.ProcessEnv, query = both) => {
    const { router, users } = await friendsRouter(env);
    await router.query(query);
    users.state.answer = fail.answer;
    return (await router.query(query)).body;
  };

  test("is nothing with STALE_MAX_AGE_SECONDS=0", async () => {
    expect(await after({ STALE_MAX_AGE_SECONDS: "0" })).toMatchObject({ data: allOf(null, null, null) });
  });

  test("are the entities that were used last, as many as STALE_MAX_ENTRIES", async () => {
    expect(await after({ STALE_MAX_ENTRIES: "1" })).toMatchObject({ data: allOf(null, bea, null) });
  });

  test("is no older than STALE_MAX_AGE_SECONDS", async () => {
    const { router, users } = await friendsRouter({ STALE_MAX_AGE_SECONDS: "2" });
    await router.query(both);
    users.state.answer = fail.answer;
    expect((await router.query(both)).body.data).toEqual(allOf(ana, bea, ana));
    const data = async () => (await router.query(both)).body.data;
    await expect.poll(data, { timeout: 10_000 }).toEqual(allOf(null, null, null));
  });

  test("are the fields of STALE_FIELDS, and of these none that takes arguments or has fields of its own", async () => {
    const env = { STALE_FIELDS: "User.email, User.greeting,User.address" };
    expect((await after(env, "{ feed { title owner { email username2: email } } }")).data).toEqual(
      allOf(...["ana", "bea", "ana"].map((name) => ({ email: `${name}@x`, username2: `${name}@x` }))),
    );
    const others = "{ feed { title owner { greeting(language: EN) address { city } } } }";
    const nothing = { greeting: null, address: null };
    expect((await after(env, others)).data).toEqual(allOf(nothing, nothing, nothing));
  });
});
