/** One hole that the registry knows of. */
export interface Advisory {
  readonly name: string;
  readonly severity: string;
  readonly title: string;
  readonly url: string;
}

/** What is used here of `npm audit --json`, by package. Reasons that are texts name another package of the report. */
export type AuditReport = Readonly<Record<string, { readonly via: readonly (Advisory | string)[] }>>;

/** Why a hole does not concern us. */
export interface Exception {
  /** The advisory's address. */
  readonly advisory: string;
  readonly because: string;
}

const serious = new Set(["moderate", "high", "critical"]);

/** The holes of moderate severity or worse that nothing explains, each once, and the explanations of what is not found. */
export function unexplained(report: AuditReport, exceptions: readonly Exception[]) {
  const advisories = Object.values(report).flatMap(({ via }) => via.filter((reason) => typeof reason === "object"));
  const byUrl = new Map(advisories.map((advisory) => [advisory.url, advisory]));
  const explained = new Set(exceptions.map(({ advisory }) => advisory));
  return {
    holes: [...byUrl.values()].filter(({ severity, url }) => serious.has(severity) && !explained.has(url)),
    needless: exceptions.filter(({ advisory }) => !byUrl.has(advisory)),
  };
}
