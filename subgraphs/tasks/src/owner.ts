/** All that the tasks subgraph knows of a user: the router resolves the rest in the users subgraph. */
export interface OwnerReference {
  readonly __typename: "User";
  readonly id: string;
}

export const ownerReference = (id: string): OwnerReference => ({ __typename: "User", id });
