import type { Account } from "../accounts/account.ts";
import type { MutationResolvers } from "../generated/schema.ts";
import type { AccessTokenIssuer } from "../sessions/access-tokens.ts";

export const Mutation: MutationResolvers = {
  register: async (_, { input }, { accounts, tokens, nextIdempotencyKey }) =>
    signIn(await accounts.register(input, nextIdempotencyKey()), tokens),
  login: async (_, { input }, { accounts, tokens }) => signIn(await accounts.authenticate(input), tokens),
};

const signIn = (user: Account, tokens: AccessTokenIssuer) => ({ ...tokens.issue(user.id), user });
