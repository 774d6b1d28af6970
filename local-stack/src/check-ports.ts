import { isPortFree } from "./ports.ts";
import { StartFailure } from "./start-failure.ts";
import { waitUntil } from "./wait-until.ts";

/** By the setting that chooses it: { PORT: 4000, … }; 0 stands for any free port. */
export type PortSettings = Record<string, number>;

/**
 * Throws a StartFailure that names the port and its setting when two settings are the same port, or one is taken and
 * does not become free within `waitMs`.
 */
export async function checkPorts(settings: PortSettings, waitMs: number): Promise<void> {
  const chosen = Object.entries(settings).filter(([, port]) => port !== 0);
  const nameOf = new Map<number, string>();
  for (const [name, port] of chosen) {
    const other = nameOf.get(port);
    if (other) throw new StartFailure(`${other} and ${name} are both ${port}: set one of them to another port`);
    nameOf.set(port, name);
  }
  for (const [name, port] of chosen) {
    const options = { timeoutMs: waitMs, what: `port ${port}`, pollMs: 100 };
    await waitUntil(() => isPortFree(port), options).catch(() => {
      throw new StartFailure(
        `port ${port} is taken by another program: stop it, or choose another port with ${name}=… npm start`,
      );
    });
  }
}
