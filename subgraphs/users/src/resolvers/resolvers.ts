import { DateTimeScalar, JsonScalar } from "@tareas/service-kit/graphql/scalars";
import type { Resolvers } from "../generated/schema.ts";
import { ApiToken } from "./ApiToken.ts";
import { DataExport } from "./DataExport.ts";
import { Mutation } from "./Mutation.ts";
import { Query } from "./Query.ts";
import { Session } from "./Session.ts";
import { User } from "./User.ts";

export const resolvers: Resolvers = {
  ApiToken,
  DataExport,
  DateTime: DateTimeScalar,
  JSON: JsonScalar,
  Mutation,
  Query,
  Session,
  User,
};
