import { sessionCookieName } from "@tareas/service-kit/http/session-cookie";
import { parseCookie, stringifySetCookie } from "cookie";

/** Where the browser sends it: the only place that has a use for it. */
const path = "/graphql";
const attributes = { name: sessionCookieName, path, httpOnly: true, secure: true, sameSite: "strict" } as const;

/** The refresh token in a Cookie header. */
export const readSessionCookie = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : parseCookie(header)[sessionCookieName];

/** A Set-Cookie header by which a browser keeps a refresh token where no script can read it (RFC 6265bis). */
export const sessionCookie = (refreshToken: string, expires: Date): string =>
  stringifySetCookie({ ...attributes, value: refreshToken, expires });

/** A Set-Cookie header by which it forgets it. */
export const noSessionCookie = (): string => stringifySetCookie({ ...attributes, value: "", maxAge: 0 });
