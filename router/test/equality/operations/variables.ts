import { GraphQLBoolean, type GraphQLInputType, GraphQLNonNull, isNonNullType } from "graphql";
import type { Random } from "../random.ts";
import { jsonValue, withoutNull, wrongValue } from "./input-values.ts";
import { literal } from "./literals.ts";

/** A variable that an operation declares. */
interface Variable {
  readonly name: string;
  readonly type: GraphQLInputType;
  /** As written in the document. */
  readonly defaultValue: string | undefined;
}

const names = ["", "", "", "id", "input", "first", "name", "representation"];

/** The variables of an operation, declared as they are needed. */
export class Variables {
  readonly #random: Random;
  readonly #all: Variable[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** A reference to a variable that may stand in a place of this type. */
  readonly write = (type: GraphQLInputType): string => {
    const random = this.#random;
    const usable = this.#all.filter((one) => String(one.type) === String(type));
    if (usable.length > 0 && random.chance(40)) return `$${random.pick(usable).name}`;
    const hasDefault = random.chance(35);
    const wanted = random.chance(20) && !isNonNullType(type) ? new GraphQLNonNull(type) : type;
    const declared = hasDefault && random.chance(50) ? withoutNull(wanted) : wanted;
    const nullBarred = isNonNullType(type) ? new GraphQLNonNull(withoutNull(declared) as never) : declared;
    return this.#declare(declared, hasDefault ? literal(nullBarred, random, undefined) : undefined);
  };

  /** One for `@skip` and `@include`. */
  writeCondition(): string {
    const random = this.#random;
    const usable = this.#all.filter(
      ({ type, defaultValue }) =>
        withoutNull(type) === GraphQLBoolean && (isNonNullType(type) || defaultValue !== undefined),
    );
    if (usable.length > 0 && random.chance(65)) return `$${random.pick(usable).name}`;
    const type = new GraphQLNonNull(GraphQLBoolean);
    if (random.chance(60)) return this.#declare(type, undefined);
    return this.#declare(random.chance(50) ? type : GraphQLBoolean, String(random.chance(50)));
  }

  /** `($v1: Int = 3, $v2: [ID!]!)`; nothing without variables. */
  get declarations(): string {
    const written = this.#all.map(
      ({ name, type, defaultValue }) => `$${name}: ${type}${defaultValue === undefined ? "" : ` = ${defaultValue}`}`,
    );
    return written.length > 0 ? `(${written.join(", ")})` : "";
  }

  /** What a client sends; now and then not what it may. */
  values(random: Random): Record<string, unknown> {
    const isWrong = random.chance(4);
    const entries = this.#all.flatMap(({ name, type, defaultValue }): [string, unknown][] => {
      if (isWrong && random.chance(40)) return random.chance(30) ? [] : [[name, wrongValue(random)]];
      const mayBeAbsent = !isNonNullType(type) || defaultValue !== undefined;
      if (mayBeAbsent && random.chance(30)) return [];
      const mayBeNull = type !== GraphQLBoolean || random.chance(10);
      return [[name, jsonValue(mayBeNull ? type : new GraphQLNonNull(GraphQLBoolean), random)]];
    });
    if (random.chance(3)) entries.push(["undeclared", 1]);
    return Object.fromEntries(entries);
  }

  #declare(type: GraphQLInputType, defaultValue: string | undefined): string {
    const { length } = this.#all;
    const name = `${this.#random.pick(names)}v${length + 1}`;
    this.#all.push({ name, type, defaultValue });
    return `$${name}`;
  }
}
