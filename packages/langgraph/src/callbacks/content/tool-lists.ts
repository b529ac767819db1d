import type { JsonValue } from "@spoor/core";
import { listOf, readOr } from "../reading.ts";
import { sameJson } from "./same-json.ts";

interface ToolList {
  readonly tools: readonly unknown[];
  readonly json: JsonValue;
}

/** An application has few sets of tools; each is the larger part of what a call says anew. */
const mostRecent = 16;

/**
 * The definitions that models are given. The same tools give the same object, in whatever array they come, and also where an integration
 * writes them anew for each call.
 */
export class ToolLists {
  readonly #json: (value: unknown) => JsonValue | undefined;
  readonly #lists: WeakMap<object, ToolList> = new WeakMap();
  #recent: readonly JsonValue[] = [];

  constructor(json: (value: unknown) => JsonValue | undefined) {
    this.#json = json;
  }

  of(value: unknown): JsonValue | undefined {
    const tools = readOr<readonly unknown[]>([], () => [...listOf(value)]);
    const [first] = tools;
    if (typeof first !== "object" || first === null) return undefined;
    const earlier = this.#lists.get(first);
    if (earlier !== undefined && sameItems(earlier.tools, tools)) return earlier.json;
    const json = this.#asKnown(this.#json(tools) ?? []);
    this.#lists.set(first, { tools, json });
    return json;
  }

  #asKnown(json: JsonValue): JsonValue {
    const earlier = this.#recent.find((other) => sameJson(other, json));
    if (earlier === undefined) this.#recent = [json, ...this.#recent].slice(0, mostRecent);
    return earlier ?? json;
  }
}

function sameItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}
