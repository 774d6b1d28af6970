import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { AccessTokenVerifier } from "@tareas/service-kit/auth/access-token";
import { startSubgraphServer } from "@tareas/service-kit/graphql/subgraph-server";
import type { RunningServer } from "@tareas/service-kit/http/run-server";
import { createLog } from "@tareas/service-kit/log";
import { openMongo } from "@tareas/service-kit/mongo/connection";
import { parse } from "graphql";
import { AccountService } from "./accounts/account-service.ts";
import { hashPassword } from "./accounts/passwords.ts";
import type { UsersConfig } from "./config.ts";
import { createContext } from "./context.ts";
import { addJwksRoute } from "./jwks-route.ts";
import { readSigningKeyFile } from "./keys/key-file.ts";
import { SigningKey } from "./keys/signing-key.ts";
import { createModels } from "./models.ts";
import { resolvers } from "./resolvers/resolvers.ts";
import { AccessTokenIssuer } from "./sessions/access-tokens.ts";

/** Starts the users subgraph; it becomes ready when MongoDB answers. */
export async function startUsersSubgraph(config: UsersConfig): Promise<RunningServer> {
  const log = createLog("users", config.LOG_LEVEL);
  const create = config.NODE_ENV !== "production";
  const key = new SigningKey(await readSigningKeyFile({ file: config.AUTH_PRIVATE_KEY_FILE, create }));
  const rules = { issuer: config.AUTH_ISSUER, audience: config.AUTH_AUDIENCE };
  const tokens = new AccessTokenIssuer(key, rules, config.ACCESS_TOKEN_TTL_SECONDS);
  const decoyHash = await hashPassword(randomUUID());
  const typeDefs = parse(await readFile(new URL("../schema.graphql", import.meta.url), "utf8"));

  const mongo = openMongo({ uri: config.MONGODB_URI, database: config.MONGODB_DATABASE, log });
  const models = createModels(mongo);
  const accounts = new AccountService(models, { revealsUnknownUser: config.LOGIN_REVEALS_UNKNOWN_USER, decoyHash });

  return startSubgraphServer({
    name: "users",
    host: config.HOST,
    port: config.PORT,
    log,
    typeDefs,
    resolvers,
    mongo,
    models: Object.values(models),
    verifier: new AccessTokenVerifier(key, rules),
    context: (request) => createContext(request, { accounts, tokens }),
    routes: (app) => addJwksRoute(app, [key.publicJwk()]),
  });
}
