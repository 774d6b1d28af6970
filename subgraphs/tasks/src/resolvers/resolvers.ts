import { DateScalar, DateTimeScalar, JsonScalar } from "@tareas/service-kit/graphql/scalars";
import type { Resolvers } from "../generated/schema.ts";
import { DataExport } from "./DataExport.ts";
import { Mutation } from "./Mutation.ts";
import { Query } from "./Query.ts";
import { Task } from "./Task.ts";
import { PageInfo, TaskConnection } from "./TaskConnection.ts";
import { TaskList } from "./TaskList.ts";
import { User } from "./User.ts";

export const resolvers: Resolvers = {
  Date: DateScalar,
  DataExport,
  DateTime: DateTimeScalar,
  JSON: JsonScalar,
  Mutation,
  PageInfo,
  Query,
  Task,
  TaskConnection,
  TaskList,
  User,
};
