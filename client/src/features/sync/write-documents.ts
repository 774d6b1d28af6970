import type { DocumentNode } from "graphql";
import { graphql } from "../../generated/gql.ts";
import type { WriteKind } from "./write.ts";

/** The mutation of each kind of write. Each answers with all that this device keeps of what it changed. */
export const writeDocuments: Readonly<Record<WriteKind, DocumentNode>> = {
  createTask: graphql(`
    mutation CreateTask($input: CreateTaskInput!) { result: createTask(input: $input) { task { ...TaskRecord } } }
  `),
  updateTask: graphql(`
    mutation UpdateTask($input: UpdateTaskInput!) { result: updateTask(input: $input) { task { ...TaskRecord } } }
  `),
  moveTask: graphql(`
    mutation MoveTask($input: MoveTaskInput!) { result: moveTask(input: $input) { task { ...TaskRecord } } }
  `),
  deleteTask: graphql(`
    mutation DeleteTask($input: DeleteTaskInput!) { result: deleteTask(input: $input) { task { ...TaskRecord } } }
  `),
  restoreTask: graphql(`
    mutation RestoreTask($input: RestoreTaskInput!) { result: restoreTask(input: $input) { task { ...TaskRecord } } }
  `),
  purgeTask: graphql(`
    mutation PurgeTask($input: PurgeTaskInput!) { result: purgeTask(input: $input) { purgedId } }
  `),
  emptyTrash: graphql(`
    mutation EmptyTrash { result: emptyTrash { remaining } }
  `),
  updateTasks: graphql(`
    mutation UpdateTasks($input: UpdateTasksInput!) {
      result: updateTasks(input: $input) { results { id task { ...TaskRecord } error { code } } }
    }
  `),
  createTaskList: graphql(`
    mutation CreateTaskList($input: CreateTaskListInput!) {
      result: createTaskList(input: $input) { taskList { ...ListRecord } }
    }
  `),
  updateTaskList: graphql(`
    mutation UpdateTaskList($input: UpdateTaskListInput!) {
      result: updateTaskList(input: $input) { taskList { ...ListRecord } }
    }
  `),
  deleteTaskList: graphql(`
    mutation DeleteTaskList($input: DeleteTaskListInput!) {
      result: deleteTaskList(input: $input) { deletedId }
    }
  `),
};

/** The task as it is by now. */
export const currentTask = graphql(`
  query CurrentTask($id: ID!) { task(id: $id) { ...TaskRecord } }
`);
