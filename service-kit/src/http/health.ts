import type { FastifyInstance, FastifyRequest } from "fastify";

/** Whether each thing that a server leans on can be used now. */
export type Checks = Readonly<Record<string, () => boolean | Promise<boolean>>>;

/** What is worth telling of a server's surroundings without a say in its readiness. */
export type Information = () => Promise<Readonly<Record<string, unknown>>>;

const folder = "/health/";

/** Whether a request asks how the server is: no work, and no news. */
export const isHealthCheck = ({ route }: FastifyRequest): boolean => route.url?.startsWith(folder) ?? false;

/**
 * `/health/live` says 200 as long as the process answers. `/health/ready` says 200 when every check holds, else 503;
 * its body names each check, and holds the `information`. Neither is refused under overload: those who ask at the same time
 * get what one look finds. Once the server drains, it says 503 so that no new traffic is sent here.
 */
export function addHealth(app: FastifyInstance, checks: Checks, information?: Information): void {
  const look = whileRunning(async () => {
    const checked = Object.entries(checks).map(async ([name, check]) => [name, await check()] as const);
    const results = Object.fromEntries(await Promise.all(checked));
    return { results, told: await information?.() };
  });
  const config = { priority: "always" } as const;
  app.get(`${folder}live`, { config }, () => ({ status: "ok" }));
  app.get(`${folder}ready`, { config }, async (_, reply) => {
    const { results, told } = await look();
    const ready = !app.isDraining() && Object.values(results).every((holds) => holds);
    reply.code(ready ? 200 : 503);
    return { status: ready ? "ok" : "unavailable", checks: results, ...told };
  });
}

/** Whoever calls while it works waits for the same result. */
function whileRunning<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
}
