// `npm run measure:containers`: prints how large the images are, and how long the composed system takes to start.
import { serviceNames } from "@tareas/local-stack/services";
import { openComposedSystem } from "./composed-system.ts";

const timed = async (work: Promise<void>) => {
  const begin = performance.now();
  await work;
  return `${((performance.now() - begin) / 1_000).toFixed(1)} s`;
};

await using system = await openComposedSystem("tareas-measure");
const { engine } = system;

const sizeOf = async (image: string) =>
  `${(Number(await engine.run("image", "inspect", "--format", "{{.Size}}", image)) / 1e6).toFixed(0)} MB`;

/** From the start of its container to its saying that it is ready. */
async function startOf(service: string): Promise<string> {
  const [id = ""] = await system.idsOf(service);
  const started = JSON.parse(await engine.run("inspect", "--format", "{{json .State.StartedAt}}", id)) as string;
  const [, ready = ""] = /"time":"([^"]+)".*ready"\}/.exec(await engine.run("logs", id)) ?? [];
  return `${Date.parse(ready) - Date.parse(started)} ms`;
}

const first = await timed(system.up());
const rows = await Promise.all(
  serviceNames.map(async (name) => ({
    image: name,
    size: await sizeOf(`tareas/${name}:latest`),
    start: await startOf(name),
  })),
);
await system.down();
const again = await timed(system.up());

console.table(rows);
console.log(`docker compose up to the router's readiness: ${first} with an empty volume, ${again} with one in use`);
