import type { JsonValue } from "@spoor/core";
import { isCommand, sentTo } from "../flow/command.ts";
import type { Fields } from "../native.ts";

const deepest = 16;
const mostValues = 100_000;

/** What a walk has left, and what it stands in. */
interface Walk {
  values: number;
  readonly around: Set<object>;
  readonly special: (object: object) => JsonValue | undefined;
}

/**
 * What of a value survives as JSON. Functions, signals and other objects without data are left out, cycles and depths are cut and say
 * so. Total: an object that cannot be read is left out. `special` may answer for an object itself.
 */
export function jsonFormOf(
  value: unknown,
  special: (object: object) => JsonValue | undefined,
): JsonValue | undefined {
  return walk(value, { values: mostValues, around: new Set(), special });
}

function walk(value: unknown, state: Walk): JsonValue | undefined {
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
  if (state.around.has(object)) return "[cut: stands in itself]";
  if (state.around.size >= deepest) return "[cut: too deep]";
  state.values -= 1;
  if (state.values < 0) return "[cut: too large]";
  state.around.add(object);
  try {
    return state.special(object) ?? dataOf(object, state);
  } catch {
    return undefined;
  } finally {
    state.around.delete(object);
  }
}

function dataOf(object: object, state: Walk): JsonValue | undefined {
  if (Array.isArray(object)) return itemsOf(object, state);
  if (object instanceof Set) return itemsOf(object, state);
  if (object instanceof Map) return itemsOf(object, state);
  if (object instanceof Error) return { name: object.name, message: object.message };
  if (ArrayBuffer.isView(object)) return `[${object.byteLength} bytes]`;
  if ("toJSON" in object && typeof object.toJSON === "function")
    return walk(object.toJSON(), state);
  return membersOf(object as Fields, state);
}

function itemsOf(items: Iterable<unknown>, state: Walk): JsonValue {
  return Array.from(items, (item) => walk(item, state)).filter((item) => item !== undefined);
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

function membersOf(object: Fields, state: Walk): JsonValue | undefined {
  const node = sentTo(object);
  const members = Object.keys(object).flatMap((name): readonly [string, JsonValue][] => {
    if (marks.has(name) || (node !== undefined && name === "node")) return [];
    const member = walk(object[name], state);
    return member === undefined ? [] : [[name, member]];
  });
  if (node !== undefined) members.unshift(["send", node]);
  return members.length === 0 && !isPlain(object) ? undefined : Object.fromEntries(members);
}

function isPlain(object: Fields): boolean {
  if ("$class" in object) return false;
  if (isCommand(object)) return true;
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || prototype === Object.prototype;
}
