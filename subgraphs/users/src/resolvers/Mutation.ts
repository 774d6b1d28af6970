import type { MutationResolvers } from "../generated/schema.ts";
import { goOn, signIn } from "./sign-in.ts";

export const Mutation: MutationResolvers = {
  register: async (_, { input }, context) =>
    signIn(await context.accounts.register(input, context.nextIdempotencyKey(), context.client), input, context),
  login: async (_, { input }, context) =>
    signIn(await context.accounts.authenticate(input, context.client), input, context),
  refreshSession: (_, { input }, context) => goOn(input?.refreshToken ?? undefined, context),
  logout: async (_, __, { viewer, client, sessions, cookie }) => {
    const { sub, sid } = viewer.requireClaims();
    await sessions.end(sub, sid, { type: "SIGNED_OUT", client });
    cookie.clear();
    return { endedSessions: 1 };
  },
  logoutEverywhere: async (_, __, { viewer, client, sessions, cookie }) => {
    const endedSessions = await sessions.endAll(viewer.require(), client);
    cookie.clear();
    return { endedSessions };
  },
  endSession: async (_, { input }, { viewer, client, sessions }) => {
    await sessions.end(viewer.require(), input.id, { type: "SESSION_ENDED", client });
    return { endedId: input.id };
  },
  updateProfile: async (_, { input }, { viewer, client, profiles }) => ({
    user: await profiles.update(viewer.requireClaims(), input, client),
  }),
  changePassword: async (_, { input }, { viewer, client, accounts }) => ({
    endedSessions: await accounts.changePassword(viewer.requireClaims(), input, client),
  }),
  requestPasswordReset: async (_, { input }, { client, passwordResets }) => {
    await passwordResets.request(input, client);
    return { accepted: true };
  },
  resetPassword: async (_, { input }, { client, passwordResets }) => ({
    endedSessions: await passwordResets.reset(input, client),
  }),
  createApiToken: (_, { input }, { viewer, client, apiTokens, nextIdempotencyKey }) =>
    apiTokens.create(viewer.requireClaims(), input, nextIdempotencyKey(), client),
  revokeApiToken: async (_, { input }, { viewer, client, apiTokens }) => {
    await apiTokens.revoke(viewer.require(), input.id, client);
    return { revokedId: input.id };
  },
  deleteAccount: async (_, { input }, { viewer, deletion, cookie }) => {
    const deletedId = viewer.require();
    await deletion.delete(deletedId, input);
    cookie.clear();
    return { deletedId };
  },
};
