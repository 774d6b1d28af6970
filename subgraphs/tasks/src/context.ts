import type { Viewer } from "@tareas/service-kit/auth/viewer";
import type { SubgraphRequest } from "@tareas/service-kit/graphql/subgraph-server";
import type { ListService } from "./lists/list-service.ts";
import { createLoaders, type Loaders } from "./loaders.ts";
import type { TaskService } from "./tasks/task-service.ts";
import type { Author } from "./writes/writes.ts";

interface Services {
  readonly tasks: TaskService;
  readonly lists: ListService;
}

/** What the resolvers of one request share. */
export interface TasksContext extends Services {
  readonly viewer: Viewer;
  readonly caller: string | null;
  readonly loaders: Loaders;
  /** Who makes the next write, and under which key. Throws `Unauthenticated` for nobody. */
  readonly author: () => Author;
}

export function createContext({ viewer, caller, idempotencyKey }: SubgraphRequest, services: Services): TasksContext {
  let writes = 0;
  return {
    ...services,
    viewer,
    caller,
    loaders: createLoaders(viewer, services),
    author: () => ({ ownerId: viewer.require(), idempotencyKey, ordinal: writes++ }),
  };
}
