import { demoAccounts } from "../demo/demo-data.ts";
import type { Stack } from "../start-stack.ts";
import type { Terminal } from "./terminal.ts";

export interface WelcomeOptions {
  stack: Stack;
  hasDemo: boolean;
  dataFolder: string;
}

/** Says where everything is, how to sign in and how to stop. */
export function welcome(terminal: Terminal, { stack, hasDemo, dataFolder }: WelcomeOptions): void {
  const { router, mongodb } = stack;
  const row = (name: string, value: string) => terminal.line(`  ${terminal.bold(name.padEnd(10))}${value}`);
  terminal.line();
  row("App", `${router.url}/`);
  row("GraphiQL", `${router.url}/graphiql`);
  row("GraphQL", `${router.url}/graphql`);
  row("REST", `${router.url}/openapi.json`);
  if (hasDemo)
    for (const [index, { username, password, language }] of demoAccounts.entries())
      row(index === 0 ? "Sign in" : "", `${username} / ${password}  ${terminal.dim(language)}`);
  row("Operators", `${router.metricsUrl}/  ${terminal.dim("state of the subgraphs, and metrics")}`);
  row("MongoDB", mongodb.version === undefined ? "the one at MONGODB_URI" : `${mongodb.uri}  ${origin(mongodb)}`);
  row("Files", `${dataFolder}  ${terminal.dim("data, keys, logs")}`);
  terminal.line();
  terminal.line("  Ctrl-C stops everything and keeps the data.");
  terminal.line();
}

function origin({ provider, version }: Stack["mongodb"]): string {
  const from = { path: "the mongod on PATH", download: "downloaded", wheel: "from the Python package", uri: "" };
  return `(${version}, ${from[provider]})`;
}
