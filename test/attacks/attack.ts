import type { Product, Server } from "./support/product.ts";

/** What became of an attack. One that ends in neither way throws: then the row proves nothing. */
export type Outcome = "refused" | "succeeded";

/** What is attacked: one server of a product. */
export interface Target {
  readonly server: Server;
  /** Where that server answers. */
  readonly url: string;
  readonly product: Product;
}

/** One row: what an attacker does, and the servers at which it is tried. */
export interface Attack {
  readonly name: string;
  readonly at: readonly Server[];
  attempt(target: Target): Promise<Outcome>;
}

/** A change of the source by which a protection is gone: `from` stands exactly once in `file`. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Something that refuses attacks, the attacks that only it refuses, and how it is switched off. */
export interface Protection {
  readonly name: string;
  /** Without these lines each of its attacks succeeds, at each server. */
  readonly off: readonly Edit[];
  /** Says what else refuses some of the attacks: then it is enough that one of them succeeds at each server. */
  readonly backedBy?: string;
  readonly attacks: readonly Attack[];
}

export const everywhere: readonly Server[] = ["router", "users", "tasks"];
export const subgraphs: readonly Server[] = ["users", "tasks"];
