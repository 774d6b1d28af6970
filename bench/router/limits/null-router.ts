import { idOf, viewerKey } from "../stub/placeholders.ts";
import { fetchMe, fetchOwners, fetchTasks } from "./fetches.ts";
import { type Fetches, startLimitServer } from "./limit-server.ts";

// The floor: makes the fetches that a router has to make, one after the other, and answers the same text whatever they bring.
// No router on node:http and undici can cost less.

const tasksBody = JSON.stringify({ query: fetchTasks, variables: { after: "after-0" } });
const representations = [0, 1, 2].map((n) => ({ __typename: "User", id: idOf(viewerKey(0), n) }));
const ownersBody = JSON.stringify({ query: fetchOwners, variables: { representations } });
const meBody = JSON.stringify({ query: fetchMe });
/** About as long as the answer would be. */
const fixed = (bytes: number) => JSON.stringify({ data: { tasks: "x".repeat(bytes) } });
const page = fixed(5_500);
const oneself = fixed(300);

const answers: Readonly<Record<string, (fetches: Fetches) => Promise<string>>> = {
  "/tasks20": async ({ users, tasks }) => {
    await tasks(tasksBody);
    await users(ownersBody);
    return page;
  },
  "/me": async ({ users }) => {
    await users(meBody);
    return oneself;
  },
};

startLimitServer(async (_, fetches, path) => (await answers[path]?.(fetches)) ?? '{"errors":[]}');
