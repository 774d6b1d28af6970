import { readFileSync } from "node:fs";
import { compose, federation } from "../support/router.ts";
import { chains } from "./supergraphs/chains.ts";
import { interfaceObjects } from "./supergraphs/interface-objects.ts";
import { library } from "./supergraphs/library.ts";
import { media } from "./supergraphs/media.ts";
import { moves } from "./supergraphs/moves.ts";
import { shop } from "./supergraphs/shop.ts";
import { values } from "./supergraphs/values.ts";

/** The schemas of subgraphs by name. */
export type Subgraphs = Readonly<Record<string, string>>;

/** A supergraph, and the schemas that it is made of. */
export interface TestedSupergraph {
  readonly name: string;
  readonly supergraph: string;
  readonly subgraphs: Subgraphs;
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

/** The product's own. */
const tareas = (): TestedSupergraph => ({
  name: "tareas",
  supergraph: read("../../supergraph.graphql"),
  subgraphs: {
    users: read("../../../subgraphs/users/schema.graphql"),
    tasks: read("../../../subgraphs/tasks/schema.graphql"),
  },
});

const composed = { shop, media, interfaceObjects, library, values, moves, chains };

/** Composes all that answers are compared on. */
export function testedSupergraphs(): readonly TestedSupergraph[] {
  const others = Object.entries(composed).map(([name, subgraphs]) => {
    const list = Object.entries(subgraphs).map(([name, sdl]) => ({ name, url: `http://${name}.test`, sdl }));
    const schemas = Object.entries(subgraphs).map(([name, sdl]) => [name, federation + sdl]);
    return { name, supergraph: compose(list), subgraphs: Object.fromEntries(schemas) };
  });
  return [tareas(), ...others];
}
