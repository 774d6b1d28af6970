import type { MongodbMember } from "@tareas/local-stack/mongodb/start-mongodb";
import type { RunningService } from "@tareas/local-stack/service-processes";
import { type ServiceName, serviceNames } from "@tareas/local-stack/services";
import type { Stack } from "@tareas/local-stack/start-stack";
import type { Target } from "../faults/fault.ts";

/** A server, or a member of the replica set. */
export type Part = RunningService | MongodbMember;

export const isServer = (part: Part): part is RunningService => "url" in part;

/** The parts that a target names now. Throws when there are none. */
export async function partsOf({ processes, mongodb }: Stack, target: Target): Promise<readonly Part[]> {
  if (target === "primary") return [await mongodb.primary()];
  const all = [...serviceNames.flatMap((name) => processes[name]), ...mongodb.members];
  const parts = all.filter(({ name }) => isNamed(target, name));
  if (parts.length === 0) throw new RangeError(`there is no ${target}`);
  return parts;
}

/** Whether a target names this part: "users" names "users-1", and "mongodb" names "mongod-1". */
export function isNamed(target: Target, part: string): boolean {
  if (target === part) return true;
  const group = part.replace(/-\d+$/, "");
  return target === (group === "mongod" ? "mongodb" : (group as ServiceName));
}
