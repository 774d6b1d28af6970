/** The person in whose name something was to be sent is not signed in any more: it can be once they are. */
export class SessionEnded extends Error {}
