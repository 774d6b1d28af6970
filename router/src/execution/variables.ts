import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type OperationDefinitionNode,
  specifiedScalarTypes,
  typeFromAST,
} from "graphql";

type Variables = Readonly<Record<string, unknown>>;

/** Whether the variables of a request are surely valid; what is not, graphql-js looks at, and words the error. */
export type AreValid = (variables: Variables) => boolean;

type IsValid = (value: unknown) => boolean;

/** Compiles CoerceVariableValues of the GraphQL specification, 6.1.2, as far as it says no. */
export function compileVariables(operation: OperationDefinitionNode, schema: GraphQLSchema): AreValid {
  const known = new Map<GraphQLInputType, IsValid>();
  const checks = (operation.variableDefinitions ?? []).map(({ variable, type: node, defaultValue }) => {
    const type = typeFromAST(schema, node as never) as GraphQLInputType;
    const isValid = compileType(type, known);
    const mayBeAbsent = !isNonNullType(type) || defaultValue !== undefined;
    return (variables: Variables) => {
      const name = variable.name.value;
      return Object.hasOwn(variables, name) ? isValid(variables[name]) : mayBeAbsent;
    };
  });
  return (variables) => checks.every((holds) => holds(variables));
}

function compileType(type: GraphQLInputType, known: Map<GraphQLInputType, IsValid>): IsValid {
  const compiled = known.get(type);
  if (compiled) return compiled;
  // An input object may hold itself.
  known.set(type, (value) => (known.get(type) as IsValid)(value));
  const isValid = compileAnew(type, known);
  known.set(type, isValid);
  return isValid;
}

function compileAnew(type: GraphQLInputType, known: Map<GraphQLInputType, IsValid>): IsValid {
  if (isNonNullType(type)) {
    const isValid = compileType(type.ofType, known);
    return (value) => value !== null && isValid(value);
  }
  const isValid = compileNotNull(type, known);
  return (value) => value === null || isValid(value);
}

function compileNotNull(
  type: Exclude<GraphQLInputType, { ofType: never }>,
  known: Map<GraphQLInputType, IsValid>,
): IsValid {
  if (isListType(type)) {
    const isValid = compileType(type.ofType as GraphQLInputType, known);
    return (value) => (Array.isArray(value) ? value.every(isValid) : isValid(value));
  }
  if (isEnumType(type)) {
    const values = new Set(type.getValues().map(({ name }) => name));
    return (value) => typeof value === "string" && values.has(value);
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) => ({
      name: field.name,
      isRequired: isRequiredInputField(field),
      isValid: compileType(field.type, known),
    }));
    const names = new Set(fields.map(({ name }) => name));
    return (value) =>
      !type.isOneOf &&
      typeof value === "object" &&
      !Array.isArray(value) &&
      Object.keys(value as object).every((name) => names.has(name)) &&
      fields.every(({ name, isRequired, isValid }) =>
        Object.hasOwn(value as object, name) ? isValid((value as Variables)[name]) : !isRequired,
      );
  }
  const { name } = type as { readonly name: string };
  return specifiedScalarTypes.some((scalar) => scalar.name === name)
    ? (value) => scalarChecks[name as keyof typeof scalarChecks](value)
    : (value) => value !== undefined; // a custom scalar of the supergraph takes anything
}

const scalarChecks = {
  Int: (value: unknown) => typeof value === "number" && (value | 0) === value,
  Float: (value: unknown) => typeof value === "number" && Number.isFinite(value),
  Boolean: (value: unknown) => typeof value === "boolean",
  String: (value: unknown) => typeof value === "string",
  ID: (value: unknown) => typeof value === "string" || Number.isSafeInteger(value),
};
