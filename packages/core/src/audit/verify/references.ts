import { contentFieldsOf } from "../../vocabulary/content-fields.ts";
import type { AgentEvent, ContentRef, Held } from "../../vocabulary/event.ts";

/** What an entry says about values that lie elsewhere. */
export interface References {
  readonly held: readonly Held[];
  /** The value that this leads to is itself a list of what is held. */
  readonly list: ContentRef | null;
}

export function referencesOf(event: AgentEvent): References {
  const held: Held[] = [];
  const fields = event as unknown as Readonly<Record<string, Held | undefined>>;
  for (const field of contentFieldsOf(event.type)) {
    const value = fields[field];
    if (value !== undefined) held.push(value);
  }
  if (event.type !== "model.started" || !event.context) return { held, list: null };
  const { add, instructions, tools } = event.context;
  if (instructions !== undefined) held.push(instructions);
  if (tools !== undefined) held.push(tools);
  const isList = typeof add === "string";
  held.push(...(isList ? [add] : add));
  return { held, list: isList ? add : null };
}

/** Where a note of the writer says how many values it could not write; null: it is no such note, or nobody can read it. */
export function notedLossIn(event: AgentEvent): ContentRef | null {
  if (event.type !== "native.noted" || event.name !== "journal.gap") return null;
  return typeof event.native === "string" ? event.native : null;
}

/** The references in a list of what is held. */
export function referencesIn(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.filter((item) => typeof item === "string");
}
