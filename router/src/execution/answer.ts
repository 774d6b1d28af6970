import {
  type CompositeType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  type ObjectType,
  type SelectionSet,
  type Type,
} from "@apollo/federation-internals";
import type { Conditions } from "./conditions.ts";
import { departForShape } from "./departure.ts";
import { leafValues, nullableLeafValues } from "./leaf-values.ts";
import type { Json } from "./merge.ts";
import { NotCompiled } from "./not-compiled.ts";
import { collectFields, objectTypesOf } from "./selected-fields.ts";

/**
 * Shapes the `data` of an answer: of what was fetched, what the operation selects, in its order. Departs where a value is
 * not of its type, or null where there may be none.
 */
export type ShapeAnswer = (data: Json) => Json;

/** An operation whose fragments multiply into more functions than this is not compiled. */
const mostFunctions = 1_000;
const mostText = 500_000;

/**
 * Compiles what an operation selects of its root type to one function: a program is written that has a function for each
 * object and each list. Names are in it as string literals alone, so that it holds no text of a client as code.
 */
export function compileAnswer(set: SelectionSet, type: ObjectType, conditions: Conditions): ShapeAnswer {
  const program = new AnswerProgram(conditions);
  const root = program.object([set], type);
  return program.build(root);
}

const lineSeparators = /[\u2028\u2029]/g;
const literal = (text: string) =>
  JSON.stringify(text).replace(lineSeparators, (separator) => `\\u${separator.charCodeAt(0).toString(16)}`);

class AnswerProgram {
  readonly #conditions: Conditions;
  readonly #functions: string[] = [];
  readonly #enums: ReadonlySet<unknown>[] = [];
  #textLength = 0;

  constructor(conditions: Conditions) {
    this.#conditions = conditions;
  }

  build(root: string): ShapeAnswer {
    const program = `"use strict"; ${this.#functions.join("\n")} return ${root};`;
    const given = { depart: departForShape, leaf: leafValues, nullable: nullableLeafValues, enums: this.#enums };
    return new Function(...Object.keys(given), program)(...Object.values(given));
  }

  /** The name of a function that shapes an object of a concrete type. */
  object(sets: readonly SelectionSet[], type: ObjectType): string {
    const { fields, needsTypename } = collectFields(sets, type, this.#conditions);
    const name = literal(type.name);
    const isOther = `t !== ${name}${needsTypename ? "" : " && t !== undefined"}`;
    const checks = [`if (typeof e !== "object" || Array.isArray(e)) depart();`];
    checks.push(`const t = e.__typename; if (${isOther}) depart();`);
    const values = fields.map(({ key, isTypename, type: fieldType, sets: inner }) => {
      const source = `e[${literal(key)}]`;
      if (!isTypename) return `${literal(key)}: ${this.#value(source, fieldType, inner)}`;
      if (key !== "__typename") checks.push(`if (${source} !== undefined && ${source} !== ${name}) depart();`);
      return `${literal(key)}: ${name}`;
    });
    return this.#add(`${checks.join(" ")} return { ${values.join(", ")} };`);
  }

  /** An expression that shapes a value; `source` is one that has no effects. */
  #value(source: string, type: Type, sets: readonly SelectionSet[]): string {
    const isNullable = !isNonNullType(type);
    return `${this.#shaper(isNullable ? type : type.ofType, sets, isNullable)}(${source})`;
  }

  /** The name of a function that shapes a value of a type. */
  #shaper(type: Type, sets: readonly SelectionSet[], isNullable: boolean): string {
    const add = (body: string) => this.#add(`if (e == null) return ${isNullable ? "null" : "depart()"}; ${body}`);
    if (isListType(type)) {
      const item = this.#value("e[i]", type.ofType, sets);
      const items = `for (let i = 0; i < e.length; i++) list.push(${item});`;
      return add(`if (!Array.isArray(e)) depart(); const list = []; ${items} return list;`);
    }
    if (isCompositeType(type)) return add(`return ${this.#composite(sets, type)}(e);`);
    if (isEnumType(type)) {
      const index = this.#enums.push(new Set(type.values.map(({ name }) => name))) - 1;
      return add(`return enums[${index}].has(e) ? e : depart();`);
    }
    const name = "name" in type ? String(type.name) : "";
    return `${isNullable ? "nullable" : "leaf"}.${Object.hasOwn(leafValues, name) ? name : "custom"}`;
  }

  #composite(sets: readonly SelectionSet[], type: CompositeType): string {
    const types = objectTypesOf(type);
    if (types.length === 1 && types[0]?.name === type.name) return this.object(sets, types[0]);
    const cases = types.map((one) => `case ${literal(one.name)}: return ${this.object(sets, one)}(e);`);
    return this.#add(`switch (e.__typename) { ${cases.join(" ")} default: return depart(); }`);
  }

  #add(body: string): string {
    const name = `f${this.#functions.length}`;
    this.#textLength += body.length;
    if (this.#functions.length >= mostFunctions || this.#textLength > mostText) throw new NotCompiled("size");
    this.#functions.push(`function ${name}(e) { ${body} }`);
    return name;
  }
}
