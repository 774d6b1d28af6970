import { table } from "@tareas/service-kit/metrics/page";
import type { Worker } from "./worker.ts";

/** For operators: the processes that answer, and what each of them has to say, as HTML. */
export function workerSections(workers: readonly Worker[]): string {
  const rows = workers.map(({ pid, age, isServing }) => [
    String(pid),
    isServing ? "answers" : "starts",
    `${Math.round(age / 1_000)} s`,
  ]);
  const sections = workers.map(({ pid, lastReport }) =>
    lastReport ? `<section><h2>Process ${pid}</h2>${lastReport.sections}</section>` : "",
  );
  return `<h2>Processes</h2>${table(["Process", "State", "Age"], rows)}
${sections.join("\n")}`;
}
