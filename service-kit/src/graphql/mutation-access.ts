import type { ApolloServerPlugin } from "@apollo/server";
import {
  type DocumentNode,
  type GraphQLSchema,
  isObjectType,
  type OperationDefinitionNode,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { Viewer } from "../auth/viewer.ts";
import { AccessRules, checkAccess } from "./access.ts";
import { withHttpStatus } from "./request-errors.ts";

/**
 * Refuses a mutation before it runs when an API token may not have all that it asks for. The fields' own guards would
 * refuse each at its turn: after the write whose outcome it was to show, or after the mutations before it.
 */
export function mutationAccess(schema: GraphQLSchema): ApolloServerPlugin<{ readonly viewer: Viewer }> {
  const rules = new AccessRules(schema);
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, contextValue: { viewer } }) {
          if (operation?.operation !== "mutation" || !viewer.isScoped) return;
          try {
            checkOperation(document, operation, { schema, rules, viewer });
          } catch (error) {
            throw withHttpStatus(error);
          }
        },
      };
    },
  };
}

interface Surroundings {
  readonly schema: GraphQLSchema;
  readonly rules: AccessRules;
  readonly viewer: Viewer;
}

/** Fields under `@skip` and `@include` count too: who may not have them has no need to write them. */
function checkOperation(document: DocumentNode, { name }: OperationDefinitionNode, surroundings: Surroundings): void {
  const { schema, rules, viewer } = surroundings;
  const typeInfo = new TypeInfo(schema);
  const check = () => {
    const type = typeInfo.getParentType();
    const field = typeInfo.getFieldDef();
    if (!field || !isObjectType(type) || field.name.startsWith("__")) return;
    checkAccess(viewer, rules.ofField(type, field), `${type.name}.${field.name}`);
  };
  const operation = separateOperations(document)[name?.value ?? ""] ?? document;
  visit(operation, visitWithTypeInfo(typeInfo, { Field: check }));
}
