import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { TaskRecord } from '../tasks/task.ts';
import type { ListRecord } from '../lists/list.ts';
import type { TaskPage } from '../tasks/task-page.ts';
import type { OwnerReference } from '../owner.ts';
import type { TasksContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A calendar day without a time zone, as RFC 3339 full-date: 2026-11-24. */
  Date: { input: string; output: string; }
  /** A moment in time, as RFC 3339 in UTC with milliseconds: 2026-11-24T09:30:00.000Z. */
  DateTime: { input: string; output: Date; }
  /** Any JSON value. */
  JSON: { input: never; output: unknown; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type CreateTaskInput = {
  dueDate?: InputMaybe<Scalars['Date']['input']>;
  /**
   * Chosen by the client, so that it can refer to the task before the server knows it: 24 hexadecimal digits, of which the
   * 9th to 18th are the last ten of your own id. `TAKEN` when one of yours has it.
   */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** The first list when absent. */
  listId?: InputMaybe<Scalars['ID']['input']>;
  /** At most 20,000 characters. */
  notes?: InputMaybe<Scalars['String']['input']>;
  priority?: InputMaybe<TaskPriority>;
  /** At most 20, each 1 to 50 characters. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** 1 to 500 characters. */
  title: Scalars['String']['input'];
};

export type CreateTaskListInput = {
  color?: InputMaybe<Scalars['String']['input']>;
  /**
   * Chosen by the client, so that it can refer to the list before the server knows it: 24 hexadecimal digits, of which the
   * 9th to 18th are the last ten of your own id. `TAKEN` when one of yours has it.
   */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** 1 to 100 characters. */
  name: Scalars['String']['input'];
};

export type DataExport = {
  __typename?: 'DataExport';
  id: Scalars['ID']['output'];
  /** All your lists. */
  lists: Scalars['JSON']['output'];
  /** All your tasks, those in the trash too, in the order in which they were made; at most 100 a page. */
  tasks: TaskConnection;
};


export type DataExportTasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type DeleteTaskInput = {
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
};

export type DeleteTaskListInput = {
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
  moveToListId?: InputMaybe<Scalars['ID']['input']>;
  tasks: TasksOfDeletedList;
};

export type DeleteTaskListPayload = {
  __typename?: 'DeleteTaskListPayload';
  /** How many tasks went to the trash or another list. */
  affectedTasks: Scalars['Int']['output'];
  deletedId: Scalars['ID']['output'];
};

export type EmptyTrashPayload = {
  __typename?: 'EmptyTrashPayload';
  purgedCount: Scalars['Int']['output'];
  /** Whether the trash still holds tasks. */
  remaining: Scalars['Boolean']['output'];
};

/** Give the neighbour above, or below, or neither for the end of the list. */
export type MoveTaskInput = {
  /** Goes right behind this task. */
  afterId?: InputMaybe<Scalars['ID']['input']>;
  /** Goes right before this task. */
  beforeId?: InputMaybe<Scalars['ID']['input']>;
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
  /** The list that it goes to; its own when absent. */
  listId?: InputMaybe<Scalars['ID']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  createTask: TaskPayload;
  createTaskList: TaskListPayload;
  /** Moves a task to the trash. A task that is there already stays as it is. */
  deleteTask: TaskPayload;
  /** Deletes a list; the input says what becomes of its tasks. The first list can't be deleted. */
  deleteTaskList: DeleteTaskListPayload;
  /** Removes every task in the trash for good, up to 1,000 a call; call again while `remaining` is true. */
  emptyTrash: EmptyTrashPayload;
  /** Puts a task by hand between others of a list. */
  moveTask: TaskPayload;
  /** Removes a task in the trash for good. `BAD_USER_INPUT` for one that is not in the trash. */
  purgeTask: PurgeTaskPayload;
  /** Takes a task out of the trash, as it was before. */
  restoreTask: TaskPayload;
  /** Changes what is given: absent means unchanged, null means cleared. Also completes, reopens and moves between lists. */
  updateTask: TaskPayload;
  updateTaskList: TaskListPayload;
  /** The same change to many tasks (at most 100): each has its own result, and one that fails leaves the others done. */
  updateTasks: UpdateTasksPayload;
};


export type MutationCreateTaskArgs = {
  input: CreateTaskInput;
};


export type MutationCreateTaskListArgs = {
  input: CreateTaskListInput;
};


export type MutationDeleteTaskArgs = {
  input: DeleteTaskInput;
};


export type MutationDeleteTaskListArgs = {
  input: DeleteTaskListInput;
};


export type MutationMoveTaskArgs = {
  input: MoveTaskInput;
};


export type MutationPurgeTaskArgs = {
  input: PurgeTaskInput;
};


export type MutationRestoreTaskArgs = {
  input: RestoreTaskInput;
};


export type MutationUpdateTaskArgs = {
  input: UpdateTaskInput;
};


export type MutationUpdateTaskListArgs = {
  input: UpdateTaskListInput;
};


export type MutationUpdateTasksArgs = {
  input: UpdateTasksInput;
};

export type OrderDirection =
  | 'ASC'
  | 'DESC';

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor?: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor?: Maybe<Scalars['String']['output']>;
};

export type PurgeTaskInput = {
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
};

export type PurgeTaskPayload = {
  __typename?: 'PurgeTaskPayload';
  purgedId: Scalars['ID']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** A task of yours, in the trash or not. `NOT_FOUND` when you have none with this id. */
  task?: Maybe<Task>;
  /** A list of yours. `NOT_FOUND` when you have none with this id. */
  taskList?: Maybe<TaskList>;
  /** Your lists, by position. Every account has a first list from the start. */
  taskLists: Array<TaskList>;
  /** Your tasks, page by page (Relay cursor connections), at most 100 a page. `last` pages backwards, and then `first` has no say. */
  tasks: TaskConnection;
};


export type QueryTaskArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTaskListArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TaskOrder>;
};

export type RestoreTaskInput = {
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
};

export type Task = {
  __typename?: 'Task';
  completed: Scalars['Boolean']['output'];
  completedAt?: Maybe<Scalars['DateTime']['output']>;
  createdAt: Scalars['DateTime']['output'];
  /** When it went to the trash; null outside the trash. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  dueDate?: Maybe<Scalars['Date']['output']>;
  id: Scalars['ID']['output'];
  list: TaskList;
  /** Markdown. */
  notes?: Maybe<Scalars['String']['output']>;
  /** Whose task it is; null while the users subgraph can't be asked. */
  owner?: Maybe<User>;
  /** Orders a list by hand: compare as ASCII strings; equal ones by id. */
  position: Scalars['String']['output'];
  priority: TaskPriority;
  tags: Array<Scalars['String']['output']>;
  title: Scalars['String']['output'];
  updatedAt: Scalars['DateTime']['output'];
  /** Goes up by one with each change; give it as `expectedVersion`. */
  version: Scalars['Int']['output'];
};

export type TaskConnection = {
  __typename?: 'TaskConnection';
  edges: Array<TaskEdge>;
  nodes: Array<Task>;
  pageInfo: PageInfo;
  /** Counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** How many tasks, for a sidebar. */
export type TaskCounts = {
  __typename?: 'TaskCounts';
  completed: Scalars['Int']['output'];
  open: Scalars['Int']['output'];
  trashed: Scalars['Int']['output'];
};

export type TaskEdge = {
  __typename?: 'TaskEdge';
  cursor: Scalars['String']['output'];
  node: Task;
};

export type TaskError = {
  __typename?: 'TaskError';
  /** As in `errors[].extensions.code`. */
  code: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

/** All that is given has to hold. */
export type TaskFilter = {
  completed?: InputMaybe<Scalars['Boolean']['input']>;
  /** The first day, included. */
  dueFrom?: InputMaybe<Scalars['Date']['input']>;
  /** The last day, included. */
  dueTo?: InputMaybe<Scalars['Date']['input']>;
  listId?: InputMaybe<Scalars['ID']['input']>;
  /** Any of these. */
  priority?: InputMaybe<Array<TaskPriority>>;
  /** All of these, without regard to case. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Words of title, notes or tags, each by its beginning, without regard to case or accents; all have to be there. */
  text?: InputMaybe<Scalars['String']['input']>;
  /** True: only the trash. Otherwise: all but the trash. */
  trashed?: InputMaybe<Scalars['Boolean']['input']>;
};

export type TaskList = {
  __typename?: 'TaskList';
  /** A colour as #rrggbb. */
  color?: Maybe<Scalars['String']['output']>;
  counts: TaskCounts;
  createdAt: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  /** The account's first list: it takes tasks made without a list, and can't be deleted. */
  isDefault: Scalars['Boolean']['output'];
  name: Scalars['String']['output'];
  owner?: Maybe<User>;
  position: Scalars['String']['output'];
  tasks: TaskConnection;
  updatedAt: Scalars['DateTime']['output'];
  version: Scalars['Int']['output'];
};


export type TaskListTasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TaskOrder>;
};

export type TaskListPayload = {
  __typename?: 'TaskListPayload';
  taskList: TaskList;
};

/** The default is CREATED_AT, DESC: newest first. */
export type TaskOrder = {
  direction?: InputMaybe<OrderDirection>;
  field: TaskOrderField;
};

export type TaskOrderField =
  | 'CREATED_AT'
  /** Tasks without a due date come after all others when ascending. */
  | 'DUE_DATE'
  | 'POSITION'
  | 'PRIORITY'
  | 'UPDATED_AT';

export type TaskPayload = {
  __typename?: 'TaskPayload';
  task: Task;
};

export type TaskPriority =
  | 'HIGH'
  | 'LOW'
  | 'MEDIUM'
  | 'NONE'
  | 'URGENT';

export type TaskResult = {
  __typename?: 'TaskResult';
  error?: Maybe<TaskError>;
  id: Scalars['ID']['output'];
  /** Null when it failed. */
  task?: Maybe<Task>;
};

export type TasksOfDeletedList =
  /** They go to the list `moveToListId`, or the first list. */
  | 'MOVE'
  /** They go to the trash. */
  | 'TRASH';

export type UpdateTaskInput = {
  completed?: InputMaybe<Scalars['Boolean']['input']>;
  dueDate?: InputMaybe<Scalars['Date']['input']>;
  /** `CONFLICT`, with the current version, when the task has another. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
  listId?: InputMaybe<Scalars['ID']['input']>;
  notes?: InputMaybe<Scalars['String']['input']>;
  priority?: InputMaybe<TaskPriority>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  title?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateTaskListInput = {
  /** Puts the list right behind this one; null puts it first. */
  afterId?: InputMaybe<Scalars['ID']['input']>;
  color?: InputMaybe<Scalars['String']['input']>;
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateTasksInput = {
  addTags?: InputMaybe<Array<Scalars['String']['input']>>;
  completed?: InputMaybe<Scalars['Boolean']['input']>;
  /** 1 to 100. */
  ids: Array<Scalars['ID']['input']>;
  listId?: InputMaybe<Scalars['ID']['input']>;
  removeTags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** True: to the trash; false: out of it. */
  trashed?: InputMaybe<Scalars['Boolean']['input']>;
};

export type UpdateTasksPayload = {
  __typename?: 'UpdateTasksPayload';
  /** One for each id, in the order given. */
  results: Array<TaskResult>;
};

export type User = {
  __typename?: 'User';
  id: Scalars['ID']['output'];
  /** Your own only: `NOT_FOUND` on anybody else. */
  tasks?: Maybe<TaskConnection>;
};


export type UserTasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TaskOrder>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  DataExport: DataExport;
  Task: Task;
  TaskList: TaskList;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  DataExport:
    ( { __typename: 'DataExport' }
    & GraphQLRecursivePick<FederationTypes['DataExport'], {"id":true}> );
  Task:
    ( { __typename: 'Task' }
    & GraphQLRecursivePick<FederationTypes['Task'], {"id":true}> );
  TaskList:
    ( { __typename: 'TaskList' }
    & GraphQLRecursivePick<FederationTypes['TaskList'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CreateTaskInput: CreateTaskInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CreateTaskListInput: CreateTaskListInput;
  DataExport: ResolverTypeWrapper<OwnerReference>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteTaskInput: DeleteTaskInput;
  DeleteTaskListInput: DeleteTaskListInput;
  DeleteTaskListPayload: ResolverTypeWrapper<DeleteTaskListPayload>;
  EmptyTrashPayload: ResolverTypeWrapper<EmptyTrashPayload>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  MoveTaskInput: MoveTaskInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OrderDirection: OrderDirection;
  PageInfo: ResolverTypeWrapper<TaskPage>;
  PurgeTaskInput: PurgeTaskInput;
  PurgeTaskPayload: ResolverTypeWrapper<PurgeTaskPayload>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RestoreTaskInput: RestoreTaskInput;
  Task: ResolverTypeWrapper<TaskRecord>;
  TaskConnection: ResolverTypeWrapper<TaskPage>;
  TaskCounts: ResolverTypeWrapper<TaskCounts>;
  TaskEdge: ResolverTypeWrapper<Omit<TaskEdge, 'node'> & { node: ResolversTypes['Task'] }>;
  TaskError: ResolverTypeWrapper<TaskError>;
  TaskFilter: TaskFilter;
  TaskList: ResolverTypeWrapper<ListRecord>;
  TaskListPayload: ResolverTypeWrapper<Omit<TaskListPayload, 'taskList'> & { taskList: ResolversTypes['TaskList'] }>;
  TaskOrder: TaskOrder;
  TaskOrderField: TaskOrderField;
  TaskPayload: ResolverTypeWrapper<Omit<TaskPayload, 'task'> & { task: ResolversTypes['Task'] }>;
  TaskPriority: TaskPriority;
  TaskResult: ResolverTypeWrapper<Omit<TaskResult, 'task'> & { task?: Maybe<ResolversTypes['Task']> }>;
  TasksOfDeletedList: TasksOfDeletedList;
  UpdateTaskInput: UpdateTaskInput;
  UpdateTaskListInput: UpdateTaskListInput;
  UpdateTasksInput: UpdateTasksInput;
  UpdateTasksPayload: ResolverTypeWrapper<Omit<UpdateTasksPayload, 'results'> & { results: Array<ResolversTypes['TaskResult']> }>;
  User: ResolverTypeWrapper<OwnerReference>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  CreateTaskInput: CreateTaskInput;
  ID: Scalars['ID']['output'];
  CreateTaskListInput: CreateTaskListInput;
  DataExport: OwnerReference;
  Int: Scalars['Int']['output'];
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  DeleteTaskInput: DeleteTaskInput;
  DeleteTaskListInput: DeleteTaskListInput;
  DeleteTaskListPayload: DeleteTaskListPayload;
  EmptyTrashPayload: EmptyTrashPayload;
  Boolean: Scalars['Boolean']['output'];
  JSON: Scalars['JSON']['output'];
  MoveTaskInput: MoveTaskInput;
  Mutation: Record<PropertyKey, never>;
  PageInfo: TaskPage;
  PurgeTaskInput: PurgeTaskInput;
  PurgeTaskPayload: PurgeTaskPayload;
  Query: Record<PropertyKey, never>;
  RestoreTaskInput: RestoreTaskInput;
  Task: TaskRecord;
  TaskConnection: TaskPage;
  TaskCounts: TaskCounts;
  TaskEdge: Omit<TaskEdge, 'node'> & { node: ResolversParentTypes['Task'] };
  TaskError: TaskError;
  TaskFilter: TaskFilter;
  TaskList: ListRecord;
  TaskListPayload: Omit<TaskListPayload, 'taskList'> & { taskList: ResolversParentTypes['TaskList'] };
  TaskOrder: TaskOrder;
  TaskPayload: Omit<TaskPayload, 'task'> & { task: ResolversParentTypes['Task'] };
  TaskResult: Omit<TaskResult, 'task'> & { task?: Maybe<ResolversParentTypes['Task']> };
  UpdateTaskInput: UpdateTaskInput;
  UpdateTaskListInput: UpdateTaskListInput;
  UpdateTasksInput: UpdateTasksInput;
  UpdateTasksPayload: Omit<UpdateTasksPayload, 'results'> & { results: Array<ResolversParentTypes['TaskResult']> };
  User: OwnerReference;
  String: Scalars['String']['output'];
};

export type AccessDirectiveArgs = {
  scope?: Maybe<Scalars['String']['input']>;
};

export type AccessDirectiveResolver<Result, Parent, ContextType = TasksContext, Args = AccessDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type DataExportResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['DataExport'] = ResolversParentTypes['DataExport'], FederationReferenceType extends FederationReferenceTypes['DataExport'] = FederationReferenceTypes['DataExport']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['DataExport']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lists?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  tasks?: Resolver<ResolversTypes['TaskConnection'], ParentType, ContextType, RequireFields<DataExportTasksArgs, 'first'>>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteTaskListPayloadResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['DeleteTaskListPayload'] = ResolversParentTypes['DeleteTaskListPayload']> = {
  affectedTasks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type EmptyTrashPayloadResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['EmptyTrashPayload'] = ResolversParentTypes['EmptyTrashPayload']> = {
  purgedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MutationResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createTask?: Resolver<ResolversTypes['TaskPayload'], ParentType, ContextType, RequireFields<MutationCreateTaskArgs, 'input'>>;
  createTaskList?: Resolver<ResolversTypes['TaskListPayload'], ParentType, ContextType, RequireFields<MutationCreateTaskListArgs, 'input'>>;
  deleteTask?: Resolver<ResolversTypes['TaskPayload'], ParentType, ContextType, RequireFields<MutationDeleteTaskArgs, 'input'>>;
  deleteTaskList?: Resolver<ResolversTypes['DeleteTaskListPayload'], ParentType, ContextType, RequireFields<MutationDeleteTaskListArgs, 'input'>>;
  emptyTrash?: Resolver<ResolversTypes['EmptyTrashPayload'], ParentType, ContextType>;
  moveTask?: Resolver<ResolversTypes['TaskPayload'], ParentType, ContextType, RequireFields<MutationMoveTaskArgs, 'input'>>;
  purgeTask?: Resolver<ResolversTypes['PurgeTaskPayload'], ParentType, ContextType, RequireFields<MutationPurgeTaskArgs, 'input'>>;
  restoreTask?: Resolver<ResolversTypes['TaskPayload'], ParentType, ContextType, RequireFields<MutationRestoreTaskArgs, 'input'>>;
  updateTask?: Resolver<ResolversTypes['TaskPayload'], ParentType, ContextType, RequireFields<MutationUpdateTaskArgs, 'input'>>;
  updateTaskList?: Resolver<ResolversTypes['TaskListPayload'], ParentType, ContextType, RequireFields<MutationUpdateTaskListArgs, 'input'>>;
  updateTasks?: Resolver<ResolversTypes['UpdateTasksPayload'], ParentType, ContextType, RequireFields<MutationUpdateTasksArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PurgeTaskPayloadResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['PurgeTaskPayload'] = ResolversParentTypes['PurgeTaskPayload']> = {
  purgedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType, RequireFields<QueryTaskArgs, 'id'>>;
  taskList?: Resolver<Maybe<ResolversTypes['TaskList']>, ParentType, ContextType, RequireFields<QueryTaskListArgs, 'id'>>;
  taskLists?: Resolver<Array<ResolversTypes['TaskList']>, ParentType, ContextType>;
  tasks?: Resolver<ResolversTypes['TaskConnection'], ParentType, ContextType, RequireFields<QueryTasksArgs, 'first'>>;
};

export type TaskResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task'], FederationReferenceType extends FederationReferenceTypes['Task'] = FederationReferenceTypes['Task']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Task']> | FederationReferenceType, FederationReferenceType, ContextType>;
  completed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  dueDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  list?: Resolver<ResolversTypes['TaskList'], ParentType, ContextType>;
  notes?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['TaskPriority'], ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TaskConnectionResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['TaskConnection'] = ResolversParentTypes['TaskConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TaskEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Task']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TaskCountsResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['TaskCounts'] = ResolversParentTypes['TaskCounts']> = {
  completed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  trashed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TaskEdgeResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['TaskEdge'] = ResolversParentTypes['TaskEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Task'], ParentType, ContextType>;
};

export type TaskErrorResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['TaskError'] = ResolversParentTypes['TaskError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TaskListResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['TaskList'] = ResolversParentTypes['TaskList'], FederationReferenceType extends FederationReferenceTypes['TaskList'] = FederationReferenceTypes['TaskList']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TaskList']> | FederationReferenceType, FederationReferenceType, ContextType>;
  color?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['TaskCounts'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tasks?: Resolver<ResolversTypes['TaskConnection'], ParentType, ContextType, RequireFields<TaskListTasksArgs, 'first'>>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TaskListPayloadResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['TaskListPayload'] = ResolversParentTypes['TaskListPayload']> = {
  taskList?: Resolver<ResolversTypes['TaskList'], ParentType, ContextType>;
};

export type TaskPayloadResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['TaskPayload'] = ResolversParentTypes['TaskPayload']> = {
  task?: Resolver<ResolversTypes['Task'], ParentType, ContextType>;
};

export type TaskResultResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['TaskResult'] = ResolversParentTypes['TaskResult']> = {
  error?: Resolver<Maybe<ResolversTypes['TaskError']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
};

export type UpdateTasksPayloadResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['UpdateTasksPayload'] = ResolversParentTypes['UpdateTasksPayload']> = {
  results?: Resolver<Array<ResolversTypes['TaskResult']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = TasksContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  tasks?: Resolver<Maybe<ResolversTypes['TaskConnection']>, ParentType, ContextType, RequireFields<UserTasksArgs, 'first'>>;
};

export type Resolvers<ContextType = TasksContext> = {
  DataExport?: DataExportResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DeleteTaskListPayload?: DeleteTaskListPayloadResolvers<ContextType>;
  EmptyTrashPayload?: EmptyTrashPayloadResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PurgeTaskPayload?: PurgeTaskPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  TaskConnection?: TaskConnectionResolvers<ContextType>;
  TaskCounts?: TaskCountsResolvers<ContextType>;
  TaskEdge?: TaskEdgeResolvers<ContextType>;
  TaskError?: TaskErrorResolvers<ContextType>;
  TaskList?: TaskListResolvers<ContextType>;
  TaskListPayload?: TaskListPayloadResolvers<ContextType>;
  TaskPayload?: TaskPayloadResolvers<ContextType>;
  TaskResult?: TaskResultResolvers<ContextType>;
  UpdateTasksPayload?: UpdateTasksPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = TasksContext> = {
  access?: AccessDirectiveResolver<any, any, ContextType>;
};
