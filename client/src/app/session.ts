import { Session } from "../features/session/session.ts";

/** The session of this tab. */
export const session = new Session();
