import type { CodegenConfig } from "@graphql-codegen/cli";

/** Resolver types for one subgraph; `mappers` says what its services hand to the resolvers. */
function subgraph(folder: string, contextType: string, mappers: Record<string, string>): CodegenConfig["generates"] {
  return {
    [`${folder}/src/generated/schema.ts`]: {
      schema: `${folder}/schema.graphql`,
      plugins: ["typescript", "typescript-resolvers"],
      config: {
        federation: true,
        enumsAsTypes: true,
        useTypeImports: true,
        makeResolverTypeCallable: true,
        contextType,
        mappers,
        scalars: {
          ID: "string",
          DateTime: { input: "string", output: "Date" },
          Date: { input: "string", output: "string" },
          JSON: { input: "never", output: "unknown" },
        },
        maybeValue: "T | null",
        inputMaybeValue: "T | null | undefined",
      },
    },
  };
}

/** Types of the web app's operations, by the schema that the router serves. */
const client = (apiSchema: string): CodegenConfig["generates"] => ({
  "client/src/generated/": {
    preset: "client",
    schema: [apiSchema, "client/src/features/sync/local.graphql"],
    documents: ["client/src/**/*.{ts,tsx}", "!client/src/generated/**"],
    presetConfig: { fragmentMasking: false },
    config: {
      enumsAsTypes: true,
      useTypeImports: true,
      importExtension: ".ts",
      scalars: { ID: "string", DateTime: "string", Date: "string", JSON: "unknown" },
    },
  },
});

/** What is generated; `apiSchema` is the SDL of the router's schema. */
export const codegen = (apiSchema: string): CodegenConfig => ({
  generates: {
    ...subgraph("subgraphs/users", "../context.ts#UsersContext", {
      User: "../accounts/account.ts#Account",
      ApiToken: "../api-tokens/api-token-model.ts#ApiTokenRecord",
      Session: "../sessions/session-model.ts#SessionRecord",
      DataExport: "../accounts/account-export.ts#ExportedAccount",
      SecurityEvent: "../security-events/security-event.ts#SecurityEvent as SecurityEventEntry",
    }),
    ...subgraph("subgraphs/tasks", "../context.ts#TasksContext", {
      Task: "../tasks/task.ts#TaskRecord",
      TaskList: "../lists/list.ts#ListRecord",
      TaskConnection: "../tasks/task-page.ts#TaskPage",
      PageInfo: "../tasks/task-page.ts#TaskPage",
      User: "../owner.ts#OwnerReference",
      DataExport: "../owner.ts#OwnerReference",
    }),
    ...client(apiSchema),
  },
});
