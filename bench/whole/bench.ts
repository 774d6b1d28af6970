import { describeCommit, describeComputer } from "../../chaos/report/machine.ts";
import { installPeers, peerVersion } from "../peers/install.ts";
import { makeAccounts } from "./accounts.ts";
import type { Command } from "./arguments.ts";
import { startProduct } from "./product.ts";
import { printReport, type Report, writeReport } from "./report.ts";
import { runAll } from "./run.ts";
import { productOf, startExpress } from "./services.ts";
import { verdictsOf } from "./verdict.ts";
import { workloads } from "./workloads.ts";

const say = (text: string) => console.log(`  … ${text}`);

/** Measures what the command asks for, and tells of it. Resolves to the exit code. */
export async function bench(command: Command, signal: AbortSignal): Promise<number> {
  const { sizes, rounds, out } = command;
  const computer = describeComputer();
  const startedAt = new Date().toISOString();
  await installPeers();
  say("starting the product, and Express beside it");
  await using stack = await startProduct(signal);
  await using express = await startExpress(stack);
  const turns = await runAll({
    ...{ stack, rounds, signal, say },
    services: { product: productOf(stack), express },
    accounts: await makeAccounts(stack, { sizes, signal, say }),
    workloads: workloads.filter(({ name }) => command.workloads.includes(name)),
  });
  const report: Report = {
    ...{ startedAt, computer, rounds, turns, verdicts: verdictsOf(turns) },
    commit: await describeCommit(),
    generator: "bench/overload/generator.ts",
    versions: { mongodb: stack.mongodb.version ?? "unknown", express: peerVersion("express") },
  };
  printReport(report);
  if (out !== undefined) await writeReport(report, out);
  return report.verdicts.some(({ isMet }) => isMet === false) ? 1 : 0;
}
