import { isRecord } from "../is-record.ts";
import { departForShape } from "./departure.ts";
import type { Json } from "./merge.ts";
import { NotCompiled } from "./not-compiled.ts";

/** Finds the objects at a place of the data, in document order. */
export type Reach = (data: Json) => Json[];

/** Compiles the path of a Flatten node, such as `tasks.edges.@.node`; `@` stands for each item of a list. Nulls are left out. */
export function compileReach(path: readonly (string | number)[]): Reach {
  const last: Visit = (value, found) => void found.push(isRecord(value) ? value : departForShape());
  const visit = path.reduceRight<Visit>((next, step) => through(step, next), last);
  return (data) => {
    const found: Json[] = [];
    visit(data, found);
    return found;
  };
}

/** Takes a value that is neither null nor undefined. */
type Visit = (value: unknown, found: Json[]) => void;

function through(step: string | number, next: Visit): Visit {
  if (typeof step !== "string" || step in Object.prototype) throw new NotCompiled("path");
  if (step === "@")
    return (list, found) => {
      if (!Array.isArray(list)) departForShape();
      for (const item of list) if (item != null) next(item, found);
    };
  return (object, found) => {
    const value = isRecord(object) ? object[step] : departForShape();
    if (value != null) next(value, found);
  };
}
