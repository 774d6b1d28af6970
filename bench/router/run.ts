import { differenceOf } from "./compare-answers.ts";
import type { Contestant } from "./contestants/contestant.ts";
import { type Running, startContestant } from "./contestants/running.ts";
import type { Cores } from "./cores.ts";
import type { Plan } from "./plan.ts";
import type { Surroundings } from "./surroundings.ts";
import { type LatencyTurn, measureLatency, measureTurn, type Turn } from "./turn.ts";
import { makeRequests, type Requests } from "./workloads/requests.ts";
import { type WorkloadName, workloads } from "./workloads/workloads.ts";

/** How a server lived from one start to its end. */
export interface Life {
  readonly contestant: string;
  readonly startMs: number | null;
  readonly restBytes: number | null;
  readonly loadedBytes: number | null;
}

/** A server whose answers are not ours, and is not measured for that. */
export interface Difference {
  readonly contestant: string;
  readonly workload: WorkloadName;
  readonly why: string;
}

/** All that was measured. */
export interface Measured {
  readonly lives: Life[];
  readonly turns: Turn[];
  readonly latencies: LatencyTurn[];
  readonly differences: Difference[];
}

export interface RunParts {
  readonly contestants: readonly Contestant[];
  readonly surroundings: Surroundings;
  readonly cores: Cores;
  readonly plan: Plan;
  readonly byWrk: boolean;
  /** Ends the run between two turns, by throwing its reason. */
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
}

/** Measures all servers, in turn: each round on new processes, all of them there at once, one of them at work. */
export class Run {
  readonly #parts: RunParts;
  readonly measured: Measured = { lives: [], turns: [], latencies: [], differences: [] };

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  async execute(): Promise<Measured> {
    const { plan } = this.#parts;
    for (let start = 0; start < plan.starts; start++) await this.#liveThrough(start);
    return this.measured;
  }

  async #liveThrough(start: number): Promise<void> {
    const { contestants, surroundings, cores, plan, signal } = this.#parts;
    await using resources = new AsyncDisposableStack();
    const servers: Running[] = [];
    const atRest = new Map<Running, number | null>();
    for (const contestant of contestants) {
      signal.throwIfAborted();
      const server = resources.use(await startContestant(contestant, surroundings, cores.measured));
      servers.push(server);
      atRest.set(server, await server.bytes());
    }
    for (const name of plan.workloads) {
      const workload = workloads.find((one) => one.name === name);
      if (workload)
        await this.#measure(servers, await makeRequests(workload, surroundings.viewers, surroundings.folder), start);
    }
    for (const server of servers) {
      const { contestant, startMs } = server;
      const restBytes = atRest.get(server) ?? null;
      this.measured.lives.push({ contestant: contestant.name, startMs, restBytes, loadedBytes: await server.bytes() });
    }
  }

  async #measure(servers: readonly Running[], requests: Requests, start: number): Promise<void> {
    const { plan, byWrk } = this.#parts;
    const able = await this.#able(servers, requests, start);
    for (const server of able) await this.#step(server, () => this.#warmUp(server, requests));
    for (let turn = 0; turn < plan.turnsPerStart; turn++) {
      const round = start * plan.turnsPerStart + turn;
      for (const connections of plan.connections)
        for (const server of inOrder(able, round)) {
          const circumstances = { requests, round, forMs: plan.turnMs };
          const done = await this.#step(server, () => measureTurn(server, circumstances, { connections, byWrk }));
          if (!done) continue;
          this.measured.turns.push(done);
          this.#parts.progress(inWords(done));
        }
    }
    if (plan.latencyWorkloads.includes(requests.workload.name)) await this.#measureLatencies(able, requests, start);
  }

  /** The servers that can do this workload, and do it right. Whether they do is asked for once. */
  async #able(servers: readonly Running[], requests: Requests, start: number): Promise<Running[]> {
    const { name: workload } = requests.workload;
    const asked = servers.filter(({ contestant: { only } }) => only === undefined || only.includes(workload));
    const [ours] = servers;
    if (start === 0 && ours)
      for (const server of asked) {
        if (server === ours || server.contestant.answersOneForAll) continue;
        const why = await this.#step(server, () => differenceOf(ours, server, requests));
        if (why === undefined) continue;
        this.measured.differences.push({ contestant: server.contestant.name, workload, why });
        this.#parts.progress(`${workload}: ${server.contestant.name} is not measured, it answers wrong: ${why}`);
      }
    const isWrong = ({ contestant: { name } }: Running) =>
      this.measured.differences.some((one) => one.contestant === name && one.workload === workload);
    return asked.filter((server) => !isWrong(server));
  }

  async #warmUp(server: Running, requests: Requests): Promise<void> {
    const { plan, byWrk } = this.#parts;
    const connections = Math.max(...plan.connections);
    const circumstances = { requests, round: 0, forMs: plan.warmUpMs };
    await measureTurn(server, circumstances, { connections, byWrk });
  }

  /** At a share of what the slowest of them can do, so that the load is the same for all. */
  async #measureLatencies(able: readonly Running[], requests: Requests, start: number): Promise<void> {
    const { plan } = this.#parts;
    const { name: workload } = requests.workload;
    const isPeer = (name: string) =>
      able.some(({ contestant }) => contestant.name === name && contestant.kind !== "limit");
    const peaks = this.measured.turns.filter((turn) => turn.workload === workload && isPeer(turn.contestant));
    const perSecond = Math.max(1, Math.floor(plan.latencyShare * Math.min(...peaks.map((turn) => turn.perSecond))));
    for (const server of inOrder(able, start)) {
      const circumstances = { requests, round: start, forMs: plan.latencyMs };
      const done = await this.#step(server, () => measureLatency(server, circumstances, perSecond));
      if (!done) continue;
      this.measured.latencies.push(done);
      this.#parts.progress(
        `  ${workload} ${done.contestant}: ${perSecond} a second, p50 ${done.p50Ms} ms, p99 ${done.p99Ms} ms`,
      );
    }
  }

  /** Undefined, and nothing is done, when the server has ended: what it did until then counts. */
  async #step<T>(server: Running, work: () => Promise<T>): Promise<T | undefined> {
    this.#parts.signal.throwIfAborted();
    if (!server.isThere()) {
      this.#parts.progress(`  ${server.contestant.name} has ended`);
      return undefined;
    }
    try {
      return await work();
    } catch (error) {
      if (server.isThere()) throw error;
      return undefined;
    }
  }
}

/** One way round and then the other: what the machine does besides is the same for all. */
const inOrder = <T>(all: readonly T[], round: number): readonly T[] => (round % 2 === 0 ? all : all.toReversed());

function inWords({ contestant, workload, connections, perSecond, processorMs, busyShare, failed }: Turn): string {
  const cost = processorMs === null ? "" : `, ${processorMs.toFixed(3)} ms of a processor each`;
  const busy = busyShare === null ? "" : `, ${Math.round(busyShare * 100)} % busy`;
  const failures = failed > 0 ? `, ${failed} FAILED` : "";
  return `  ${workload} ${contestant}, ${connections} connections: ${Math.round(perSecond)} a second${cost}${busy}${failures}`;
}
