/** Grafana's dashboards as data: `npm run generate` writes each as JSON, in the form that Grafana's provisioning reads. */

interface Panel {
  readonly title: string;
  /** In PromQL, each with how its lines are called. */
  readonly queries: Readonly<Record<string, string>>;
  /** Grafana's name of a unit. Default: none. */
  readonly unit?: "s" | "reqps" | "percentunit" | "bytes" | "ops";
}

interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

const rate = (series: string, by = "") => `sum${by && ` by (${by})`} (rate(${series}[$__rate_interval]))`;
const quantile = (q: number, series: string, by = "") =>
  `histogram_quantile(${q}, ${rate(series, ["le", by].filter((word) => word !== "").join(", "))})`;
const latency = (series: string): Panel["queries"] => ({
  "half of them": quantile(0.5, series),
  "95 %": quantile(0.95, series),
  "99 %": quantile(0.99, series),
});

const operations = (service: string) => `tareas_operation_seconds_count{service="${service}"}`;
const durations = (service: string) => `tareas_operation_seconds_bucket{service="${service}"}`;
const failed = (service: string) => `tareas_operation_seconds_count{service="${service}",outcome="server_error"}`;

const processOf = (service: string): readonly Panel[] => [
  {
    title: "Lateness of the event loop",
    unit: "s",
    queries: { "{{instance}}": `tareas_admission_delay_seconds{service="${service}"}` },
  },
  {
    title: "Processor",
    unit: "percentunit",
    queries: { "{{instance}}": `rate(process_cpu_seconds_total{service="${service}"}[$__rate_interval])` },
  },
  {
    title: "Memory",
    unit: "bytes",
    queries: { "{{instance}}": `process_resident_memory_bytes{service="${service}"}` },
  },
  {
    title: "Refused because there is too much to do",
    unit: "reqps",
    queries: { "{{priority}}": rate(`tareas_admission_refused_total{service="${service}"}`, "priority") },
  },
];

const breakers: Panel = {
  title: "Circuit breakers: 0 closed, 1 half-open, 2 open",
  queries: { "{{subgraph}} {{endpoint}}": "max by (subgraph, endpoint) (tareas_router_subgraph_breaker_state)" },
};
const answering: Panel = { title: "Servers that answer", queries: { "{{service}}": "sum by (service) (up)" } };

const overview: Dashboard = {
  uid: "tareas-overview",
  title: "Tareas: overview",
  panels: [
    {
      title: "Operations",
      unit: "reqps",
      queries: { "{{operation}}": rate(operations("router"), "operation") },
    },
    {
      title: "Share that failed through us (objective: 0.1 %)",
      unit: "percentunit",
      queries: { failed: `${rate(failed("router"))} / ${rate(operations("router"))}` },
    },
    {
      title: "How long operations take (objective: 99 % within 0.5 s)",
      unit: "s",
      queries: latency(durations("router")),
    },
    answering,
    {
      title: "Sign-ins",
      unit: "reqps",
      queries: {
        "{{outcome}}": rate('tareas_operation_seconds_count{service="users",operation="mutation login"}', "outcome"),
      },
    },
    {
      title: "Writes",
      unit: "reqps",
      queries: {
        "{{operation}}": rate('tareas_operation_seconds_count{service="tasks",operation=~"mutation .*"}', "operation"),
      },
    },
  ],
};

const router: Dashboard = {
  uid: "tareas-router",
  title: "Tareas: router",
  panels: [
    {
      title: "Calls of subgraphs, by what came of them",
      unit: "reqps",
      queries: { "{{subgraph}} {{outcome}}": rate("tareas_router_subgraph_calls_total", "subgraph, outcome") },
    },
    {
      title: "How long calls take, 99 %",
      unit: "s",
      queries: {
        "{{subgraph}}": quantile(0.99, "tareas_router_subgraph_call_duration_seconds_bucket", "subgraph"),
      },
    },
    breakers,
    {
      title: "Retries, by whether the budget allowed them",
      unit: "reqps",
      queries: { "{{subgraph}} {{allowed}}": rate("tareas_router_subgraph_retries_total", "subgraph, allowed") },
    },
    {
      title: "Calls refused by open breakers, and those shared with another",
      unit: "reqps",
      queries: {
        "{{subgraph}} refused": rate("tareas_router_subgraph_refused_calls_total", "subgraph"),
        "{{subgraph}} shared": rate("tareas_router_subgraph_shared_calls_total", "subgraph"),
      },
    },
    ...processOf("router"),
  ],
};

const subgraphOf = (service: string): readonly Panel[] => [
  {
    title: `${service}: operations`,
    unit: "reqps",
    queries: { "{{operation}}": rate(operations(service), "operation") },
  },
  { title: `${service}: how long they take`, unit: "s", queries: latency(durations(service)) },
  { title: `${service}: failed`, unit: "reqps", queries: { "{{operation}}": rate(failed(service), "operation") } },
  ...processOf(service).map((panel) => ({ ...panel, title: `${service}: ${panel.title}` })),
];

const subgraphs: Dashboard = {
  uid: "tareas-subgraphs",
  title: "Tareas: subgraphs",
  panels: [
    ...subgraphOf("users"),
    { title: "users: passwords that wait to be hashed", queries: { "{{instance}}": "tareas_users_hashing_waiting" } },
    ...subgraphOf("tasks"),
  ],
};

const mongodb: Dashboard = {
  uid: "tareas-mongodb",
  title: "Tareas: MongoDB",
  panels: [
    { title: "Connections that are open", queries: { "{{instance}}": "tareas_mongodb_connections" } },
    { title: "Connections in use", queries: { "{{instance}}": "tareas_mongodb_connections_in_use" } },
    { title: "Operations that wait for a connection", queries: { "{{instance}}": "tareas_mongodb_waiting" } },
    {
      title: "Operations that got none",
      unit: "ops",
      queries: { "{{service}}": rate("tareas_mongodb_no_connection_total", "service") },
    },
  ],
};

/** To watch while something is broken on purpose. */
const chaos: Dashboard = {
  uid: "tareas-chaos",
  title: "Tareas: chaos",
  panels: [
    {
      title: "Operations by outcome",
      unit: "reqps",
      queries: { "{{outcome}}": rate(operations("router"), "outcome") },
    },
    { title: "How long operations take", unit: "s", queries: latency(durations("router")) },
    {
      title: "Attempts at endpoints, by outcome",
      unit: "reqps",
      queries: { "{{endpoint}} {{outcome}}": rate("tareas_router_subgraph_attempts_total", "endpoint, outcome") },
    },
    breakers,
    answering,
    {
      title: "Refused because there is too much to do",
      unit: "reqps",
      queries: { "{{service}} {{priority}}": rate("tareas_admission_refused_total", "service, priority") },
    },
  ],
};

export const dashboards: readonly Dashboard[] = [overview, router, subgraphs, mongodb, chaos];

const columns = 2;
const width = 24 / columns;
const height = 8;

/** In Grafana's own form. (Dashboard JSON model) */
export const jsonOf = ({ uid, title, panels }: Dashboard): string =>
  `${JSON.stringify(
    {
      uid,
      title,
      schemaVersion: 39,
      refresh: "10s",
      time: { from: "now-1h", to: "now" },
      panels: panels.map(({ title: name, queries, unit }, index) => ({
        id: index + 1,
        title: name,
        type: "timeseries",
        datasource: { type: "prometheus", uid: "prometheus" },
        gridPos: { x: (index % columns) * width, y: Math.floor(index / columns) * height, w: width, h: height },
        fieldConfig: { defaults: { ...(unit && { unit }), min: 0 }, overrides: [] },
        targets: Object.entries(queries).map(([legendFormat, expr], place) => ({
          refId: String.fromCharCode("A".charCodeAt(0) + place),
          expr,
          legendFormat,
        })),
      })),
    },
    undefined,
    2,
  )}\n`;
