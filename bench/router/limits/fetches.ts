/** The two fetches of the workload `tasks20`, as somebody would write them who knows what it needs. */
export const fetchTasks = `query Tasks($after: String) {
  tasks(first: 20, after: $after) {
    edges { cursor node { id title completed priority dueDate owner { id } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const fetchOwners = `query Owners($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on User { id username displayName } }
}`;

export const fetchMe = "{ me { id username displayName email createdAt } }";
