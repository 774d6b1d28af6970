import { sessionCookieName } from "@tareas/service-kit/http/session-cookie";

/** The session's cookie in a Cookie header, as `name=value`; undefined without one. */
export function sessionCookieOf(header: string | undefined): string | undefined {
  return header
    ?.split(";")
    .map((cookie) => cookie.trim())
    .find(isSessionCookie);
}

/** Whether a cookie, as in Cookie or in Set-Cookie, is the session's. */
export const isSessionCookie = (cookie: string) => cookie.startsWith(`${sessionCookieName}=`);
