import { Updates } from "../features/updates/updates.ts";

/** The versions of the app, as this tab sees them. */
export const updates = new Updates();
