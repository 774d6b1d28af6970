import {
  doTypesOverlap,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isRequiredArgument,
  isUnionType,
} from "graphql";
import type { Random } from "../random.ts";
import { literal } from "./literals.ts";
import { Scope, type Selected } from "./scope.ts";
import type { Variables } from "./variables.ts";

interface Fragment {
  readonly name: string;
  readonly type: GraphQLCompositeType;
  readonly text: string;
}

interface Place {
  readonly scope: Scope;
  /** How deep fields may nest from here. */
  readonly depth: number;
  readonly fragments: number;
}

const odd = ["a", "e", "t", "id", "name", "length", "data", "__x", "toString"];
const deepestFragments = 3;

/** Writes selection sets, and the named fragments that they need. */
export class Selections {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #variables: Variables;
  readonly #fragments: Fragment[] = [];
  #named = 0;

  constructor(schema: GraphQLSchema, random: Random, variables: Variables) {
    this.#schema = schema;
    this.#random = random;
    this.#variables = variables;
  }

  root(type: GraphQLCompositeType, depth: number): string {
    return this.#set(type, { scope: new Scope(), depth, fragments: 0 });
  }

  /** The definitions of the named fragments. */
  get definitions(): string {
    return this.#fragments.map(({ name, type, text }) => ` fragment ${name} on ${type.name} ${text}`).join("");
  }

  #set(type: GraphQLCompositeType, place: Place): string {
    const count = 1 + this.#random.below(place.depth > 2 ? 4 : 3);
    const selections = Array.from({ length: count }, () => this.#selection(type, place));
    return `{ ${selections.join(" ")} }`;
  }

  #selection(type: GraphQLCompositeType, place: Place): string {
    const random = this.#random;
    if (random.chance(10))
      return `${random.pick(["", "", "t: ", "__typename: ", "id_t: "])}__typename${this.#directives()}`;
    if (place.fragments < deepestFragments && random.chance(isUnionType(type) ? 95 : 18))
      return this.#fragment(type, place);
    if (isUnionType(type)) return "__typename";
    const repeated = place.scope.all.filter(({ parent }) => parent === type);
    if (repeated.length > 0 && random.chance(15)) return this.#field(random.pick(repeated), place);
    const fields = Object.values(type.getFields()).filter((field) => place.depth > 0 || !isComposite(field));
    if (fields.length === 0) return "__typename";
    return this.#field(this.#chosen(type, random.pick(fields), place), place);
  }

  #chosen(parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>, { scope }: Place): Selected {
    const random = this.#random;
    const names = "getFields" in parent ? Object.keys(parent.getFields()) : [];
    const key = random.chance(15) ? random.pick([...odd, ...names]) : field.name;
    const given = field.args.filter((one) => isRequiredArgument(one) || random.chance(60));
    const values = given.map((one) => `${one.name}: ${literal(one.type, random, this.#variables.write)}`);
    return scope.select({ key, parent, field, given: values.length > 0 ? `(${values.join(", ")})` : "" });
  }

  #field({ key, field, given, inner }: Selected, { depth }: Place): string {
    const type = getNamedType(field.type);
    const set = isCompositeType(type) ? ` ${this.#set(type, { scope: inner, depth: depth - 1, fragments: 0 })}` : "";
    return `${key === field.name ? "" : `${key}: `}${field.name}${given}${this.#directives()}${set}`;
  }

  #fragment(type: GraphQLCompositeType, place: Place): string {
    const random = this.#random;
    const known = this.#fragments.filter((one) => doTypesOverlap(this.#schema, one.type, type));
    if (known.length > 0 && random.chance(20)) return `...${random.pick(known).name}${this.#directives()}`;
    const on = random.pick(this.#overlapping(type));
    const within = { ...place, fragments: place.fragments + 1 };
    if (random.chance(35)) {
      this.#named += 1;
      const name = `F${this.#named}`;
      this.#fragments.push({ name, type: on, text: this.#set(on, within) });
      const spread = () => `...${name}${this.#directives()}`;
      return random.chance(15) ? `${spread()} ${spread()}` : spread();
    }
    const isPlain = on === type && random.chance(50);
    return `...${isPlain ? "" : ` on ${on.name}`}${this.#directives()} ${this.#set(on, within)}`;
  }

  #overlapping(type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
    const types = Object.values(this.#schema.getTypeMap()).filter(isCompositeType);
    return types.filter((one) => !one.name.startsWith("__") && doTypesOverlap(this.#schema, one, type));
  }

  #directives(): string {
    const random = this.#random;
    if (!random.chance(12)) return "";
    const condition = () => (random.chance(30) ? String(random.chance(50)) : this.#variables.writeCondition());
    const include = () => ` @include(if: ${condition()})`;
    const skip = () => ` @skip(if: ${condition()})`;
    return random.pick([include, skip, include, skip, () => include() + skip()])();
  }
}

const isComposite = ({ type }: GraphQLField<unknown, unknown>) => isCompositeType(getNamedType(type));
