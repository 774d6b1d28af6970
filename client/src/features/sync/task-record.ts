import { graphql } from "../../generated/gql.ts";
import type { ListRecordFragment, TaskRecordFragment } from "../../generated/graphql.ts";

/** All of a task that this device keeps, so that it can be shown and changed without a network. */
export const taskRecord = graphql(`
  fragment TaskRecord on Task {
    id
    title
    notes
    completed
    completedAt
    priority
    dueDate
    tags
    position
    version
    createdAt
    updatedAt
    deletedAt
    list { id name }
  }
`);
export type TaskRecord = TaskRecordFragment;

export const listRecord = graphql(`
  fragment ListRecord on TaskList {
    id
    name
    color
    isDefault
    position
    version
    counts { open completed trashed }
  }
`);
export type ListRecord = ListRecordFragment;
