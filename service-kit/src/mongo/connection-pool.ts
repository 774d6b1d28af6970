import type { Connection } from "mongoose";
import { Counter, type Registry } from "prom-client";
import { addGauge } from "../metrics/gauge.ts";

interface Named {
  readonly address: string;
  readonly connectionId: number | "<monitor>";
}

const nameOf = ({ address, connectionId }: Named) => `${address} ${connectionId}`;

/** The connections of a mongoose connection, as the driver's events tell of them. To be made before it is opened. */
export class ConnectionPool {
  /** Those that are open, and have been used. */
  readonly open = new Set<string>();
  readonly inUse = new Set<string>();
  #waiting = 0;
  #failures = 0;

  constructor(connection: Connection) {
    connection.once("connected", () => {
      const client = connection.getClient();
      client.on("connectionCheckOutStarted", () => {
        this.#waiting += 1;
      });
      client.on("connectionCheckedOut", (event) => {
        this.#waiting = Math.max(0, this.#waiting - 1); // it may have waited since before anybody could listen
        this.open.add(nameOf(event));
        this.inUse.add(nameOf(event));
      });
      client.on("connectionCheckOutFailed", () => {
        this.#waiting = Math.max(0, this.#waiting - 1);
        this.#failures += 1;
      });
      client.on("connectionCheckedIn", (event) => this.inUse.delete(nameOf(event)));
      client.on("connectionClosed", (event) => {
        this.open.delete(nameOf(event));
        this.inUse.delete(nameOf(event));
      });
    });
  }

  /** How many operations wait for a connection. */
  get waiting(): number {
    return this.#waiting;
  }

  /** How many operations got none so far. */
  get failures(): number {
    return this.#failures;
  }
}

/** Tells of a pool among the metrics of a server. */
export function countConnections(pool: ConnectionPool, registry: Registry): void {
  const gauge = (name: string, help: string, read: () => number) =>
    addGauge(registry, { name: `tareas_mongodb_${name}`, help, read });
  gauge("connections", "Connections to MongoDB that are open, and have been used.", () => pool.open.size);
  gauge("connections_in_use", "Connections to MongoDB that are in use.", () => pool.inUse.size);
  gauge("waiting", "Operations that wait for a connection to MongoDB.", () => pool.waiting);
  new Counter({
    ...{
      name: "tareas_mongodb_no_connection_total",
      help: "Operations that got no connection to MongoDB.",
      registers: [registry],
    },
    collect() {
      this.reset();
      this.inc(pool.failures);
    },
  });
}
