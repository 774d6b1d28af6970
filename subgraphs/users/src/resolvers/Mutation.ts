import type { MutationResolvers } from "../generated/schema.ts";
import { goOn, signIn } from "./sign-in.ts";

export const Mutation: MutationResolvers = {
  register: async (_, { input }, context) =>
    signIn(await context.accounts.register(input, context.nextIdempotencyKey(), context.client), input, context),
  login: async (_, { input }, context) =>
    signIn(await context.accounts.authenticate(input, context.client), input, context),
  refreshSession: (_, { input }, context) => goOn(input?.refreshToken ?? undefined, context),
  logout: async (_, __, { viewer, sessions, cookie }) => {
    const { sub, sid } = viewer.requireClaims();
    await sessions.end(sub, sid);
    cookie.clear();
    return { endedSessions: 1 };
  },
  logoutEverywhere: async (_, __, { viewer, sessions, cookie }) => {
    const endedSessions = await sessions.endAll(viewer.require());
    cookie.clear();
    return { endedSessions };
  },
  endSession: async (_, { input }, { viewer, sessions }) => {
    await sessions.end(viewer.require(), input.id);
    return { endedId: input.id };
  },
  changePassword: async (_, { input }, { viewer, accounts }) => ({
    endedSessions: await accounts.changePassword(viewer.requireClaims(), input),
  }),
  createApiToken: (_, { input }, { viewer, apiTokens, nextIdempotencyKey }) =>
    apiTokens.create(viewer.require(), input, nextIdempotencyKey()),
  revokeApiToken: async (_, { input }, { viewer, apiTokens }) => {
    await apiTokens.revoke(viewer.require(), input.id);
    return { revokedId: input.id };
  },
  deleteAccount: async (_, { input }, { viewer, deletion, cookie }) => {
    const deletedId = viewer.require();
    await deletion.delete(deletedId, input);
    cookie.clear();
    return { deletedId };
  },
};
