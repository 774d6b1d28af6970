import { inMarkdown } from "../../table.ts";
import { workloads } from "../workloads/workloads.ts";
import { circumstancesOf, type Report } from "./report.ts";
import { latencyTable, lifeTable, saturationTable, verdictTable } from "./tables.ts";

const intro = `# The speed of the router

Our router beside others in one run on one machine: each has one processor for itself, in turn; the subgraphs, which are stubs that
cost as little as they can, and whoever asks have the rest. All are asked the same by the same thousand viewers, each with a token
and variables of their own, so that no answer can serve two; what they answer is compared with ours first, value by value.

Ours runs as in production: it verifies every token, keeps all its limits, writes a line of log for each request, and counts. The
others do none of that: they are set up as their documentation shows, with the client's \`Authorization\` handed on, and have the same
arguments for Node but the limit of the heap, within which not all of them live.

\`\`\`sh
npm run bench                # all of it: about 25 minutes
npm run bench -- --quick     # one minute, with a verdict
npm run bench -- --help      # one workload, one peer, a router of yours
\`\`\`

Ratios are medians over the rounds, with the least and the most, and say by what factor ours is better. **Absolute figures are
this machine's**, and only worth something beside each other. Processor time is the kernel's account of the server's processes.`;

const notes = `What is not in the figures:

- **Floors.** \`null-router\` makes the same fetches with the same HTTP client, and answers a text that it has ready, whatever they
  bring: on node:http and undici nothing that asks two subgraphs can cost less. \`by-hand\` parses, merges and writes as somebody would
  by hand for this one query. Where either does far more than any router, the stubs and the load are not what limits the routers.
- **"Not saturated"** means that the server had its processor to itself for less than nine tenths of the time: something else held
  it up, and its throughput says little. Its processor time is still right.
- **Latency** is measured at 70 % of what the slowest of them can do, with requests that are sent when they are due, whatever became of
  those before (\`bench/overload/generator.ts\`). A request's time begins when it is due, which is up to 1 ms before it is sent.
- **Void**: a figure in whose making a request failed says nothing.
- **Refusing early.** Ours refuses what it can't do in time. So that 256 clients who are all kept waiting are answered, as the others
  answer them, \`ADMISSION_LEAST_IN_FLIGHT\` is 600 here; all other settings are those of production.`;

/** The report as a page in Markdown; its pictures lie in `performance/`. */
export function pageOf(report: Report): string {
  const { rows, latencies, lives, verdicts, contestants, measured } = report;
  const about = contestants.map(({ name, about }) => `- \`${name}\`: ${about}`);
  const workloadList = workloads.map(({ name, about }) => `- \`${name}\`: ${about}`);
  const differences = measured.differences.map(
    ({ contestant, workload, why }) => `- \`${contestant}\` is not measured at \`${workload}\`: ${why}`,
  );
  const sections = [
    intro,
    `${circumstancesOf(report)}.`,
    `## Verdict\n\n${inMarkdown(verdictTable(verdicts))}`,
    `## Servers\n\n${about.join("\n")}`,
    `## As many requests as they answer\n\n${workloadList.join("\n")}`,
    "![Processor time](performance/processor-time.svg)",
    "![Throughput](performance/throughput.svg)",
    inMarkdown(saturationTable(rows)),
    ...(differences.length > 0 ? [`Answers that are not ours:\n\n${differences.join("\n")}`] : []),
    "## Latency at the same load",
    "![p99](performance/latency.svg)",
    inMarkdown(latencyTable(latencies)),
    `## Memory and start\n\nA start is over when the first query is answered.\n\n${inMarkdown(lifeTable(lives))}`,
    `## What the figures are\n\n${notes}\n\nAll of them, round by round, are in [figures.json](performance/figures.json).`,
  ];
  return `${sections.join("\n\n")}\n`;
}
