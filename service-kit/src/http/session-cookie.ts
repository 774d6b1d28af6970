/** The cookie that holds a browser's refresh token: made and read by the users subgraph, passed on by the router. */
export const sessionCookieName = "tareas-session";
