import { Unauthenticated } from "@tareas/service-kit/errors";
import type { Account } from "../accounts/account.ts";
import type { UsersContext } from "../context.ts";
import type { RefreshTokenDelivery } from "../generated/schema.ts";
import type { OpenedSession } from "../sessions/session-service.ts";

/** Begins a session of an account, and delivers its tokens as the client asks. */
export async function signIn(
  user: Account,
  { refreshToken }: { readonly refreshToken?: RefreshTokenDelivery | null | undefined },
  context: UsersContext,
) {
  const opened = await context.sessions.open(user, context.client);
  return deliver(opened, user, refreshToken ?? "COOKIE", context);
}

/** Goes on with the session of a refresh token, or else of the cookie's; its successor goes where it came from. */
export async function goOn(refreshToken: string | undefined, context: UsersContext) {
  const presented = refreshToken ?? context.cookie.read();
  if (presented === undefined) throw new Unauthenticated("There is no session to go on with: sign in.");
  const delivery = refreshToken === undefined ? "COOKIE" : "PAYLOAD";
  const opened = await context.sessions.refresh(presented, context.client);
  const user = await context.accounts.find(opened.accountId);
  return deliver(opened, user, delivery, context);
}

function deliver(opened: OpenedSession, user: Account, delivery: RefreshTokenDelivery, context: UsersContext) {
  const { refreshToken, refreshTokenExpiresAt } = opened;
  if (delivery === "COOKIE") context.cookie.write(refreshToken, refreshTokenExpiresAt);
  return {
    ...context.tokens.issue(opened),
    refreshToken: delivery === "PAYLOAD" ? refreshToken : null,
    user,
  };
}
