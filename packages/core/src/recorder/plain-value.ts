import { types } from "node:util";
import type { JsonObject, JsonValue } from "../vocabulary/json.ts";
import { inWords, instanceInWords, primitiveInWords } from "./in-words.ts";
import { ListedNames } from "./listed-names.ts";

/** Members beyond these are not looked at: a value of the agent may be a whole database. */
export const mostMembers = 24_000;
/** Deeper JSON is more than many readers take. */
export const mostLevels = 256;

/** Each object that is cut has one member more that says so. */
const roomForWords = 2 * mostLevels;

/** What a proxy says costs more than what lies there, and what throws more than that. */
const weightOfProxy = 20;
const weightOfFailure = 40;
const unreadable: unique symbol = Symbol("unreadable");

/** A plain value, and about how many characters it has, names included. */
export interface Plain {
  readonly value: JsonValue;
  readonly characters: number;
}

/** An object or a list while it is copied. */
interface Copying {
  readonly source: object;
  readonly target: unknown[] | Record<string, unknown>;
  readonly names: readonly string[] | null;
  readonly length: number;
  readonly read: (index: number) => unknown;
  /** What each member counts for. */
  readonly weight: number;
  index: number;
}

/**
 * Whatever a caller passed, as plain JSON: what JSON has no word for is said in words, such as `[function search]`, `[circular]` or
 * `[getter threw]`. Never throws and always ends, whatever the value does; of what is too deep or too much, it says that it is cut.
 */
export function plainValue(given: unknown, listed: ListedNames = new ListedNames()): Plain {
  const path: Copying[] = [];
  const above = new Set<object>();
  let members = 0;
  let characters = 0;
  const left = (value: unknown): unknown => {
    if (typeof value === "string") characters += value.length;
    if (typeof value !== "object" || value === null) return primitiveInWords(value) ?? null;
    if (above.has(value)) return "[circular]";
    if (path.length >= mostLevels) return `[cut: more than ${mostLevels} levels deep]`;
    try {
      const copying = copyingOf(value, listed);
      if (typeof copying !== "object") return copying;
      path.push(copying);
      above.add(copying.source);
      return copying.target;
    } catch {
      return "[unreadable]";
    }
  };
  const result = left(given);
  for (let copying = path.at(-1); copying; copying = path.at(-1)) {
    const { index, length, source, names, target } = copying;
    if (index >= length) {
      path.pop();
      above.delete(source);
      continue;
    }
    members += copying.weight;
    const name = names ? (names[index] ?? "") : index;
    if (members > mostMembers - roomForWords) {
      put(target, names ? "[cut]" : index, `[cut: ${length - index} more]`);
      copying.index = length;
      continue;
    }
    copying.index += 1;
    const member = memberOf(copying, index);
    if (member === undefined && names) continue;
    if (member === unreadable) {
      members += weightOfFailure;
      put(target, name, "[getter threw]");
      continue;
    }
    if (names) characters += (name as string).length;
    put(target, name, left(member));
  }
  return { value: result as JsonValue, characters };
}

function memberOf(copying: Copying, index: number): unknown {
  try {
    return copying.read(index);
  } catch {
    return unreadable;
  }
}

/** What is to be gone through, or the words that say all. */
function copyingOf(given: object, listed: ListedNames): Copying | string | number | boolean {
  const words = inWords(given);
  if (words !== undefined) return words;
  const value = asJson(given);
  if (typeof value !== "object" || value === null) return primitiveInWords(value) ?? "[undefined]";
  if (value !== given) {
    const said = inWords(value);
    if (said !== undefined) return said;
  }
  if (Array.isArray(value)) return listOf(value, value.length, (index) => value[index]);
  if (types.isSet(value)) {
    const items = firstOf(Set.prototype.values.call(value), mostMembers);
    return listOf(value, sizeOf(Set.prototype, value), (index) => items[index]);
  }
  if (types.isMap(value)) return mapOf(value);
  const names = isError(value) ? errorNames(value) : listed.of(value);
  if (names.length === 0 && !isPlainObject(value)) return instanceInWords(value);
  return objectOf(value, names, (index) => (value as JsonObject)[names[index] ?? ""]);
}

/** `toJSON` is the value's own word for itself; where it throws, its fields have to do. */
function asJson(value: object): unknown {
  try {
    const { toJSON } = value as { readonly toJSON?: unknown };
    return typeof toJSON === "function" ? (toJSON.call(value, "") as unknown) : value;
  } catch {
    return value;
  }
}

function listOf(source: object, length: number, read: Copying["read"]): Copying {
  return { source, target: [], names: null, length, read, weight: weightOf(source), index: 0 };
}

function objectOf(source: object, names: readonly string[], read: Copying["read"]): Copying {
  return {
    source,
    target: {},
    names,
    length: names.length,
    read,
    weight: 2 * weightOf(source),
    index: 0,
  };
}

const weightOf = (source: object): number => (types.isProxy(source) ? weightOfProxy : 1);

/** By its keys, which may be names of secrets. */
function mapOf(map: ReadonlyMap<unknown, unknown>): Copying {
  const taken = new Set<string>();
  const all = Map.prototype.entries.call(map) as MapIterator<[unknown, unknown]>;
  const entries = firstOf(all, mostMembers / 2);
  const names = entries.map(([key]) => {
    const name = nameOfKey(key);
    const unique = taken.has(name) ? `${name} (${taken.size})` : name;
    taken.add(unique);
    return unique;
  });
  const copying = objectOf(map, names, (index) => entries[index]?.[1]);
  return { ...copying, length: sizeOf(Map.prototype, map) };
}

/** No more than is looked at: to list all of a collection may take longer than all the rest. */
function firstOf<Item>(items: Iterator<Item>, most: number): readonly Item[] {
  const first: Item[] = [];
  while (first.length < most) {
    const next = items.next();
    if (next.done) break;
    first.push(next.value);
  }
  return first;
}

/** What a subclass says of its size may be anything. */
function sizeOf(prototype: object, collection: object): number {
  return Number(Reflect.get(prototype, "size", collection));
}

function nameOfKey(key: unknown): string {
  if (typeof key !== "object" || key === null) return String(primitiveInWords(key) ?? key);
  try {
    return String(inWords(key) ?? instanceInWords(key));
  } catch {
    return "[unreadable]";
  }
}

/** Its own fields do not show what an error is about. */
function errorNames(error: object): readonly string[] {
  const about = ["name", "message", "stack", "cause", "errors"].filter((name) => name in error);
  return [...new Set([...about, ...Object.keys(error)])];
}

const isError = (value: object): boolean => types.isNativeError(value) || value instanceof Error;

export function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** By definition and not by assignment: `__proto__` is a name like any other. */
function put(target: Copying["target"], name: string | number, value: unknown): void {
  if (Array.isArray(target)) target.push(value);
  else if (name === "__proto__")
    Object.defineProperty(target, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  else target[name] = value;
}
