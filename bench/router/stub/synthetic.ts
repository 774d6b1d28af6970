import { type GraphQLFieldResolver, getNamedType, isCompositeType } from "graphql";
import { idOf, placeholders } from "./placeholders.ts";

const { viewer } = placeholders;
const firstTask = 0x1000;
const firstList = 0x0100;
/** How many people own the tasks of a page, and how many lists they are in. */
const owners = 3;
const lists = 4;
const moment = "2026-11-24T09:30:00.000Z";
const priorities = ["NONE", "LOW", "MEDIUM", "HIGH", "URGENT"];
const words = "Llamar a Óscar por la factura, y comparar los dos presupuestos con el del año pasado. ";

/** An object of the synthetic data: the n-th of its kind, or the one with an id; of a connection, how long its page is. */
interface Source {
  readonly n?: number;
  readonly id?: string;
  readonly length?: number;
}

type Make = (source: Source, args: Record<string, unknown>) => unknown;

const numbered = (length: number) => Array.from({ length }, (_, n): Source => ({ n }));
const page: Make = (_, { first }) => ({ length: typeof first === "number" ? first : 20 });
const owner: Make = ({ n = 0 }) => ({ id: idOf(viewer, n % owners) });

const made: Readonly<Record<string, Make>> = {
  me: () => ({ id: idOf(viewer, 0) }),
  user: () => ({ id: idOf(viewer, 1) }),
  tasks: page,
  edges: ({ length = 0 }) => numbered(length),
  nodes: ({ length = 0 }) => numbered(length),
  node: ({ n = 0 }) => ({ n }),
  taskLists: () => numbered(lists),
  list: ({ n = 0 }) => ({ n: n % lists }),
  owner,
  "Task.id": ({ id, n = 0 }) => id ?? idOf(viewer, firstTask + n),
  "TaskList.id": ({ id, n = 0 }) => id ?? idOf(viewer, firstList + n),
  "User.id": ({ id }) => id,
  title: ({ n = 0 }) => `Comprar pan y leche en la tienda de la esquina ${n + 1}`,
  notes: () => words.repeat(12).slice(0, 1_000),
  completed: ({ n = 0 }) => n % 3 === 0,
  priority: ({ n = 0 }) => priorities[n % priorities.length],
  dueDate: ({ n = 0 }) => (n % 2 ? `2026-12-${String((n % 28) + 1).padStart(2, "0")}` : null),
  tags: ({ n = 0 }) => (n % 2 ? ["casa", "recados"] : []),
  cursor: ({ n = 0 }) => `${viewer}${n}`,
  startCursor: () => `${viewer}0`,
  endCursor: ({ length = 0 }) => `${viewer}${length - 1}`,
  pageInfo: ({ length = 0 }) => ({ length }),
  username: ({ id }) => `user-${id}`,
  displayName: ({ id }) => `Persona ${id}`,
  email: ({ id }) => `${id}@tareas.example`,
  name: ({ n = 0 }) => `Lista ${n + 1}`,
  color: () => "#2f8f6f",
  position: ({ n = 0 }) => `a${n}`,
};

const byType: Readonly<Record<string, unknown>> = { DateTime: moment, Boolean: true, Int: 7, String: "texto" };

/** Answers any field of the subgraphs with data that looks like real data, and is the same each time. */
export const synthetic: GraphQLFieldResolver<Source, unknown, Record<string, unknown>> = (source, args, _, info) => {
  const { parentType, fieldName, returnType } = info;
  const make = made[`${parentType.name}.${fieldName}`] ?? made[fieldName];
  if (make) return make(source ?? {}, args);
  const type = getNamedType(returnType);
  return isCompositeType(type) ? { ...source } : byType[type.name];
};
