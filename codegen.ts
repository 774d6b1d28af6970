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

const config: CodegenConfig = {
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
  },
};

export default config;
