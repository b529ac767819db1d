import type { JsonValue } from "@spoor/core";
import { isCommand, sentTo } from "../flow/command.ts";
import type { Fields } from "../native.ts";

const deepest = 16;
const mostValues = 100_000;
/** Longer ones are embeddings, and say nothing to anybody. */
const mostNumbers = 255;

const tooLarge = "[cut: too large]";

/** Answers for an object that has a form of its own; undefined for all others. */
export type Special = (object: object) => JsonValue | undefined;

/** What a walk has left, and what it stands in. */
interface Walk {
  values: number;
  readonly around: object[];
  readonly special: Special;
}

/**
 * What of a value survives as JSON. Functions, signals and other objects without data are left out, cycles and depths are cut and say
 * so, and what cannot be read says that. Total.
 */
export function jsonFormOf(value: unknown, special: Special): JsonValue | undefined {
  return walk(value, { values: mostValues, around: [], special });
}

function walk(value: unknown, state: Walk): JsonValue | undefined {
  state.values -= 1;
  if (state.values < 0) return tooLarge;
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "bigint":
      return String(value);
    case "object":
      return value === null ? null : walkObject(value, state);
    default:
      return undefined;
  }
}

function walkObject(object: object, state: Walk): JsonValue | undefined {
  const { around } = state;
  if (around.includes(object)) return "[cut: stands in itself]";
  if (around.length >= deepest) return "[cut: too deep]";
  around.push(object);
  try {
    return state.special(object) ?? dataOf(object, state);
  } catch {
    return "[unreadable]";
  } finally {
    around.pop();
  }
}

function dataOf(object: object, state: Walk): JsonValue | undefined {
  if (Array.isArray(object)) return listOf(object, state);
  const prototype: unknown = Object.getPrototypeOf(object);
  const plain = prototype === Object.prototype || prototype === null;
  if (!plain) {
    if (object instanceof Set || object instanceof Map) return itemsOf(object, state);
    if (object instanceof Error) return { name: object.name, message: object.message };
    if (ArrayBuffer.isView(object)) return `[${object.byteLength} bytes]`;
  }
  if ("toJSON" in object && typeof object.toJSON === "function")
    return walk(object.toJSON(), state);
  return membersOf(object as Fields, plain, state);
}

function listOf(list: readonly unknown[], state: Walk): JsonValue {
  const isEmbedding = list.length > mostNumbers && isOfNumbers(list);
  return isEmbedding ? `[${list.length} numbers]` : itemsOf(list, state);
}

/** A loop: in the agent's path, and `every` takes six times as long. */
function isOfNumbers(list: readonly unknown[]): boolean {
  for (let index = 0; index < list.length; index += 1)
    if (typeof list[index] !== "number") return false;
  return true;
}

function itemsOf(items: Iterable<unknown>, state: Walk): JsonValue {
  const list: JsonValue[] = [];
  for (const item of items) {
    const form = walk(item, state);
    if (form !== undefined) list.push(form);
    if (state.values < 0) break;
  }
  return list;
}

/** Marks of LangGraph's classes and of recorded stand-ins: they tell what an object is, not what it says. */
const marks: ReadonlySet<string> = new Set([
  "lg_name",
  "lc_direct_tool_output",
  "$class",
  "$command",
  "$send",
  "$serialized",
  "$error",
]);

/** An object of a class that has no data is machinery, and left out. */
function membersOf(object: Fields, plain: boolean, state: Walk): JsonValue | undefined {
  const node = sentTo(object);
  const members: [string, JsonValue][] = node === undefined ? [] : [["send", node]];
  for (const name of Object.keys(object)) {
    if (marks.has(name) || (node !== undefined && name === "node")) continue;
    const member = memberForm(object, name, state);
    if (member !== undefined) members.push([name, member]);
    if (state.values < 0) break;
  }
  const says = members.length > 0 || (plain && !("$class" in object)) || isCommand(object);
  return says ? Object.fromEntries(members) : undefined;
}

function memberForm(object: Fields, name: string, state: Walk): JsonValue | undefined {
  let member: unknown;
  try {
    member = object[name];
  } catch {
    return "[getter threw]";
  }
  return walk(member, state);
}
