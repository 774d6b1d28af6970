import { join } from "node:path";
import { freePort } from "@tareas/local-stack/ports";
import { startGuardian } from "@tareas/local-stack/process/guardian";
import { answersOk } from "@tareas/local-stack/process/http-ready";
import { SupervisedProcess } from "@tareas/local-stack/process/supervised-process";
import { localUrl, nodeArguments } from "@tareas/local-stack/services";
import type { Stack } from "@tareas/local-stack/start-stack";
import { peersFolder } from "../peers/install.ts";
import { processorSeconds } from "../router/processor-time.ts";
import { secondsOfServers } from "./product.ts";

export const serviceNames = ["product", "express"] as const;
export type ServiceName = (typeof serviceNames)[number];

/** One of the two that are compared, on the same MongoDB. */
export interface Service {
  readonly name: ServiceName;
  readonly url: string;
  /** Of processors, that its servers have used so far; MongoDB is not among them. */
  seconds(): Promise<number>;
}

export const productOf = (stack: Stack): Service => ({
  name: "product",
  url: stack.router.url,
  seconds: () => secondsOfServers(stack),
});

/** Starts the service on Express, on the databases of the product. */
export async function startExpress(stack: Stack): Promise<Service & AsyncDisposable> {
  await using resources = new AsyncDisposableStack();
  const guardian = resources.use(startGuardian());
  const port = await freePort();
  const { users, tasks } = stack.databases;
  const script = join(peersFolder, "express-service/main.js");
  const jwksUrl = `${stack.users.url}/.well-known/jwks.json`;
  const server = resources.use(
    new SupervisedProcess({
      name: "express",
      command: process.execPath,
      args: [...nodeArguments, script, stack.mongodb.uri, users, tasks, jwksUrl, String(port)],
      env: { NODE_ENV: "production" },
      isReady: () => answersOk(`${localUrl(port)}/health/live`),
      restart: false,
      guardian,
    }),
  );
  await server.start();
  await server.ready();
  const owned = resources.move();
  return {
    name: "express",
    url: localUrl(port),
    seconds: async () => processorSeconds(server.pid ?? 0),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
