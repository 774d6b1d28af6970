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
import { quoted } from "./json-text.ts";
import { leafText } from "./leaf-text.ts";
import type { Json } from "./merge.ts";
import { NotCompiled } from "./not-compiled.ts";
import { collectFields, objectTypesOf } from "./selected-fields.ts";

/**
 * Writes the `data` of an answer as JSON text: what was fetched, in the shape of the operation. Departs where a value is
 * not of its type, or null where there may be none.
 */
export type WriteAnswer = (data: Json) => string;

/** An operation whose fragments multiply into more functions than this is not compiled. */
const mostFunctions = 1_000;
const mostText = 500_000;

/**
 * Compiles what an operation selects of its root type to one function: a program is written that has a function for each
 * object and each list. Names are in it as string literals alone, so that it holds no text of a client as code.
 */
export function compileAnswer(set: SelectionSet, type: ObjectType, conditions: Conditions): WriteAnswer {
  const program = new AnswerProgram(conditions);
  const root = program.object([set], type);
  return program.build(root);
}

const literal = (text: string) =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);

class AnswerProgram {
  readonly #conditions: Conditions;
  readonly #functions: string[] = [];
  readonly #enums: ReadonlySet<string>[] = [];
  #textLength = 0;

  constructor(conditions: Conditions) {
    this.#conditions = conditions;
  }

  build(root: string): WriteAnswer {
    const program = `"use strict"; ${this.#functions.join("\n")} return ${root};`;
    return new Function("quoted", "depart", "leaf", "enums", program)(quoted, departForShape, leafText, this.#enums);
  }

  /** The name of a function that writes an object of a concrete type. */
  object(sets: readonly SelectionSet[], type: ObjectType): string {
    const { fields, needsTypename } = collectFields(sets, type, this.#conditions);
    const name = literal(type.name);
    const isOther = `t !== ${name}${needsTypename ? "" : " && t !== undefined"}`;
    const lines = [`if (typeof e !== "object" || Array.isArray(e)) depart();`];
    lines.push(`const t = e.__typename; if (${isOther}) depart();`);
    const texts = fields.map(({ key, isTypename, type: fieldType, sets }, index) => {
      const before = literal(`${index > 0 ? "," : ""}${JSON.stringify(key)}:`);
      if (!isTypename) return `${before} + ${this.#value(`e[${literal(key)}]`, fieldType, sets)}`;
      if (key !== "__typename")
        lines.push(`if (e[${literal(key)}] !== undefined && e[${literal(key)}] !== ${name}) depart();`);
      return `${before} + ${literal(JSON.stringify(type.name))}`;
    });
    return this.#add(`${lines.join(" ")} return "{" + ${[...texts, `"}"`].join(" + ")};`);
  }

  /** An expression that writes a value; `source` is one that has no effects. */
  #value(source: string, type: Type, sets: readonly SelectionSet[]): string {
    const onNull = isNonNullType(type) ? "depart()" : `"null"`;
    const bare = isNonNullType(type) ? type.ofType : type;
    return `${this.#writer(bare, sets, onNull)}(${source})`;
  }

  /** The name of a function that writes a value of a type which is nullable here; null is written by `onNull`. */
  #writer(type: Type, sets: readonly SelectionSet[], onNull: string): string {
    const nullable = (write: string) => this.#add(`if (e == null) return ${onNull}; ${write}`);
    if (isListType(type)) {
      const item = this.#value("e[i]", type.ofType, sets);
      const items = `for (let i = 0; i < e.length; i++) text += i > 0 ? "," + ${item} : ${item};`;
      return nullable(`if (!Array.isArray(e)) depart(); let text = "["; ${items} return text + "]";`);
    }
    if (isCompositeType(type)) return nullable(`return ${this.#composite(sets, type)}(e);`);
    if (isEnumType(type)) {
      const index = this.#enums.push(new Set(type.values.map(({ name }) => name))) - 1;
      return nullable(`return enums[${index}].has(e) ? '"' + e + '"' : depart();`);
    }
    const named = "name" in type ? String(type.name) : "";
    return nullable(`return leaf.${leafKind(named)}(e);`);
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

const builtIn: ReadonlySet<string> = new Set(["Int", "Float", "String", "Boolean", "ID"]);
const leafKind = (name: string) => (builtIn.has(name) ? name : "custom");
