import { DateTimeScalar } from "@tareas/service-kit/graphql/scalars";
import type { Resolvers } from "../generated/schema.ts";
import { ApiToken } from "./ApiToken.ts";
import { Mutation } from "./Mutation.ts";
import { Query } from "./Query.ts";
import { Session } from "./Session.ts";
import { User } from "./User.ts";

export const resolvers: Resolvers = { ApiToken, DateTime: DateTimeScalar, Mutation, Query, Session, User };
