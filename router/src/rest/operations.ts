// The GraphQL operations behind the REST doorway. Their names are what the log lines show.

const taskParts = /* GraphQL */ `
  fragment TaskParts on Task {
    id title notes completed completedAt priority dueDate tags version createdAt updatedAt deletedAt
    list { id name }
    owner { id username displayName }
  }`;

const listParts = /* GraphQL */ `
  fragment ListParts on TaskList {
    id name color isDefault version createdAt updatedAt
    counts { open completed trashed }
    owner { id username displayName }
  }`;

const authParts = /* GraphQL */ `
  fragment AuthParts on AuthPayload {
    accessToken expiresAt refreshToken
    user { id username displayName email createdAt }
  }`;

export const registerOperation = /* GraphQL */ `
  mutation RestRegister($input: RegisterInput!) { result: register(input: $input) { ...AuthParts } } ${authParts}`;

export const loginOperation = /* GraphQL */ `
  mutation RestLogin($input: LoginInput!) { result: login(input: $input) { ...AuthParts } } ${authParts}`;

export const tasksOperation = /* GraphQL */ `
  query RestTasks($first: Int, $after: String, $filter: TaskFilter, $orderBy: TaskOrder) {
    result: tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      nodes { ...TaskParts }
      pageInfo { hasNextPage endCursor }
    }
  } ${taskParts}`;

export const taskOperation = /* GraphQL */ `
  query RestTask($id: ID!) { result: task(id: $id) { ...TaskParts } } ${taskParts}`;

export const createTaskOperation = /* GraphQL */ `
  mutation RestCreateTask($input: CreateTaskInput!) {
    result: createTask(input: $input) { task { ...TaskParts } }
  } ${taskParts}`;

export const updateTaskOperation = /* GraphQL */ `
  mutation RestUpdateTask($input: UpdateTaskInput!) {
    result: updateTask(input: $input) { task { ...TaskParts } }
  } ${taskParts}`;

export const deleteTaskOperation = /* GraphQL */ `
  mutation RestDeleteTask($input: DeleteTaskInput!) {
    result: deleteTask(input: $input) { task { ...TaskParts } }
  } ${taskParts}`;

export const restoreTaskOperation = /* GraphQL */ `
  mutation RestRestoreTask($input: RestoreTaskInput!) {
    result: restoreTask(input: $input) { task { ...TaskParts } }
  } ${taskParts}`;

export const listsOperation = /* GraphQL */ `
  query RestLists { result: taskLists { ...ListParts } } ${listParts}`;

export const listOperation = /* GraphQL */ `
  query RestList($id: ID!) { result: taskList(id: $id) { ...ListParts } } ${listParts}`;

const exportedTasks = /* GraphQL */ `
  fragment ExportedTasks on TaskConnection {
    nodes {
      id title notes completed completedAt priority dueDate tags position version createdAt updatedAt deletedAt
      list { id name }
    }
    pageInfo { hasNextPage endCursor }
  }`;

export const exportOperation = /* GraphQL */ `
  query RestExport($first: Int!) {
    result: exportMyData { id exportedAt account lists tasks(first: $first) { ...ExportedTasks } }
  } ${exportedTasks}`;

export const exportPageOperation = /* GraphQL */ `
  query RestExportPage($first: Int!, $after: String!) {
    result: exportMyData { tasks(first: $first, after: $after) { ...ExportedTasks } }
  } ${exportedTasks}`;

export const createListOperation = /* GraphQL */ `
  mutation RestCreateList($input: CreateTaskListInput!) {
    result: createTaskList(input: $input) { taskList { ...ListParts } }
  } ${listParts}`;
