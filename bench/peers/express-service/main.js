import express from "express";
import { MongoClient } from "mongodb";
import { SignIn } from "./sign-in.js";
import { Tasks } from "./tasks.js";
import { fetchPublicKeys, verify } from "./tokens.js";

// The product's lists, searches, writes and sign-in as a small service would have them: Express and the MongoDB driver, in one
// process, on the same databases with the same indexes. It has no limits, retries, idempotency, metrics or logs.
// Takes MongoDB's URI, the names of the databases of users and of tasks, the URL of the public keys, and a port.

const [uri = "", usersName = "", tasksName = "", jwksUrl = "", port = "0"] = process.argv.slice(2);
const client = await new MongoClient(uri, { writeConcern: { w: "majority" } }).connect();
const accounts = client.db(usersName).collection("accounts");
const tasks = new Tasks(client.db(tasksName), accounts);
const signIn = new SignIn(client.db(usersName), accounts);
const publicKeys = await fetchPublicKeys(jwksUrl);

const app = express();
app.disable("x-powered-by");
app.disable("etag");
app.use(express.json());
app.get("/health/live", (_, response) => response.json({}));
app.post("/login", async ({ body }, response) => answer(response, await signIn.login(body), 401));

app.use((request, response, next) => {
  response.locals.viewer = verify(request.headers.authorization, publicKeys);
  if (response.locals.viewer === undefined) response.status(401).json({ code: "UNAUTHENTICATED" });
  else next();
});
app.get("/tasks", async ({ query }, response) => response.json(await tasks.page(response.locals.viewer, query)));
app.post("/tasks", async ({ body }, response) =>
  answer(response, await tasks.create(response.locals.viewer, body), 404),
);
app.post("/tasks/:id", async ({ body, params }, response) =>
  answer(response, await tasks.update(response.locals.viewer, params.id, body), 404),
);

function answer(response, found, otherwise) {
  if (found === undefined)
    response.status(otherwise).json({ code: otherwise === 404 ? "NOT_FOUND" : "INVALID_CREDENTIALS" });
  else response.json(found);
}

app.listen(Number(port), "127.0.0.1");
