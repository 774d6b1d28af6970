/** What an API token can be allowed; the schemas say which field needs which (see graphql/access.ts). */
export const scopes = ["account:read", "tasks:read", "tasks:write"] as const;

export type Scope = (typeof scopes)[number];
