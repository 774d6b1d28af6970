import type { ApolloServerPlugin } from "@apollo/server";
import type { RouterContext } from "./context.ts";

/**
 * Answers that hold an error with `retryAfterSeconds` say so in a Retry-After header too (RFC 9110, 10.2.3): the longest
 * of several. The status stays what it is, since the rest of the answer may be there.
 */
export const retryAfter: ApolloServerPlugin<RouterContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body, http } }) {
        if (body.kind !== "single") return;
        const seconds = (body.singleResult.errors ?? [])
          .map(({ extensions }) => extensions?.retryAfterSeconds)
          .filter((value) => typeof value === "number");
        if (seconds.length > 0) http.headers.set("retry-after", String(Math.max(...seconds)));
      },
    };
  },
};
