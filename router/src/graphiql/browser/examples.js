const variables = (value) => JSON.stringify(value, null, 2);

export const examples = [
  {
    query: `# Sign in at the top first. While the users subgraph
# is down, owner is null and errors say why.
query MyTasks {
  tasks(first: 20, orderBy: { field: DUE_DATE }) {
    edges {
      node {
        id
        title
        completed
        priority
        dueDate
        version
        list { name }
        owner { username }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    query: `# Makes an account and signs in: paste the token
# into Authorization as "Bearer <accessToken>".
mutation Register($input: RegisterInput!) {
  register(input: $input) {
    accessToken
    expiresAt
    user { id username }
  }
}
`,
    variables: variables({ input: { username: "lucia", password: "correct horse battery" } }),
  },
  {
    query: `mutation SignIn($input: LoginInput!) {
  login(input: $input) {
    accessToken
    expiresAt
    user { id username displayName }
  }
}
`,
    variables: variables({ input: { username: "lucia", password: "correct horse battery" } }),
  },
  {
    query: `# With the header {"Idempotency-Key": "a-text-of-yours"}
# it can be repeated safely.
mutation CreateTask($input: CreateTaskInput!) {
  createTask(input: $input) {
    task { id title version list { name } }
  }
}
`,
    variables: variables({ input: { title: "Comprar pan", priority: "HIGH", tags: ["casa"] } }),
  },
  {
    query: `# Put in an id and a version from MyTasks. A version
# that is no longer current is CONFLICT.
mutation EditTask($input: UpdateTaskInput!) {
  updateTask(input: $input) {
    task { id title completed version }
  }
}
`,
    variables: variables({ input: { id: "", expectedVersion: 1, completed: true } }),
  },
];
