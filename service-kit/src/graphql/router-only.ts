import { defaultFieldResolver, type GraphQLSchema } from "graphql";
import { Forbidden, Unauthenticated } from "../errors.ts";

const federationFields = ["_entities", "_service"];

/**
 * Closes the fields by which federation works to all but the router, which proves itself by its service token: nobody
 * else has a use for entities by the thousand. What they may show is still decided by whom the access token speaks for.
 */
export function onlyForRouter(schema: GraphQLSchema): GraphQLSchema {
  const fields = schema.getQueryType()?.getFields() ?? {};
  for (const name of federationFields) {
    const field = fields[name];
    if (!field) continue;
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, context, info) => {
      if (context.caller === null) throw new Unauthenticated(`${name} is for the router: it needs a service token.`);
      if (context.caller !== "router") throw new Forbidden(`${name} is for the router.`);
      return resolve(source, args, context, info);
    };
  }
  return schema;
}
