import type { Connection } from "mongoose";
import { Counter, Gauge, type Registry } from "prom-client";

/** Counts the connections to MongoDB, and those who wait for one, from the driver's own events. */
export function countConnections(connection: Connection, registry: Registry): void {
  const registers = [registry];
  const open = new Gauge({
    name: "tareas_mongodb_connections",
    help: "Connections to MongoDB that are open.",
    registers,
  });
  const used = new Gauge({ name: "tareas_mongodb_connections_in_use", help: "Those that are in use.", registers });
  const waiting = new Gauge({
    name: "tareas_mongodb_waiting",
    help: "Operations that wait for a connection.",
    registers,
  });
  const failed = new Counter({
    name: "tareas_mongodb_no_connection_total",
    help: "Operations that got no connection.",
    registers,
  });
  connection.once("connected", () => {
    const client = connection.getClient();
    client.on("connectionCreated", () => open.inc());
    client.on("connectionClosed", () => open.dec());
    client.on("connectionCheckOutStarted", () => waiting.inc());
    client.on("connectionCheckedOut", () => {
      waiting.dec();
      used.inc();
    });
    client.on("connectionCheckOutFailed", () => {
      waiting.dec();
      failed.inc();
    });
    client.on("connectionCheckedIn", () => used.dec());
  });
}
