import { ContentIndex } from "../../journal/disk/content-index.ts";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import { isMissing } from "../../journal/disk/journal-error.ts";
import { entriesFile } from "../../journal/disk/layout.ts";
import { wholeLines } from "../../journal/disk/whole-lines.ts";
import { parseEventLine } from "../../schema/parse.ts";
import { contentFieldsOf } from "../../vocabulary/content-fields.ts";
import type { AgentEvent, ContextDifference } from "../../vocabulary/event.ts";
import { isRecord } from "../../vocabulary/json.ts";

/** An entry with a field that leads to one of the values. */
export interface Referring {
  readonly event: AgentEvent;
  readonly offset: number;
  readonly field: string;
  readonly ref: string;
}

const reference = /"([0-9a-f]{64})"/g;

/** The entries of a segment that refer to any of these values, each by its most telling field. `offsets`: where those lie that matter; null: all do. */
export function* entriesReferring(
  segment: string,
  refs: ReadonlyMap<string, unknown>,
  offsets: ReadonlySet<number> | null,
): Iterable<Referring> {
  const lists = new ReferenceLists(segment, refs);
  for (const { offset, line } of linesIn(segment)) {
    if (offsets && !offsets.has(offset)) continue;
    if (!mayRefer(line, refs) && !lists.mayBeIn(line)) continue;
    const parsed = parseEventLine(line);
    if (!parsed.ok) continue;
    const found = fieldWith(parsed.event, refs, lists);
    if (found) yield { event: parsed.event, offset, ...found };
  }
}

function mayRefer(line: string, refs: ReadonlyMap<string, unknown>): boolean {
  for (const [, ref] of line.matchAll(reference)) if (refs.has(ref ?? "")) return true;
  return false;
}

interface FieldFound {
  readonly field: string;
  readonly ref: string;
}

/** What the framework said besides comes last: it says again what stands elsewhere. */
function fieldWith(
  event: AgentEvent,
  refs: ReadonlyMap<string, unknown>,
  lists: ReferenceLists,
): FieldFound | null {
  const fields = Object.entries(event);
  const named = contentFieldsOf(event.type).toSorted(
    (left, right) => Number(left === "native") - Number(right === "native"),
  );
  const inContext =
    event.type === "model.started" && event.context ? contextRef(event.context, refs, lists) : null;
  if (inContext !== null) return { field: "context", ref: inContext };
  for (const field of named) {
    const ref: unknown = fields.find(([name]) => name === field)?.[1];
    if (typeof ref === "string" && refs.has(ref)) return { field, ref };
  }
  return null;
}

function contextRef(
  { instructions, tools, add }: ContextDifference,
  refs: ReadonlyMap<string, unknown>,
  lists: ReferenceLists,
): string | null {
  const messages: readonly unknown[] = typeof add === "string" ? lists.read(add) : add;
  for (const held of [...messages, instructions, tools])
    if (typeof held === "string" && refs.has(held)) return held;
  return null;
}

/** A context of very many messages refers to a value that lists them. */
class ReferenceLists {
  readonly #refs: ReadonlyMap<string, unknown>;
  readonly #segment: string;
  #content: ContentIndex | null = null;

  constructor(segment: string, refs: ReadonlyMap<string, unknown>) {
    this.#segment = segment;
    this.#refs = refs;
  }

  mayBeIn(line: string): boolean {
    return this.#refs.size > 0 && line.includes('"add":"');
  }

  read(ref: string): readonly unknown[] {
    if (!this.#content) {
      this.#content = new ContentIndex(this.#segment, nodeFileSystem);
      this.#content.refresh(false);
    }
    const value = this.#content.find(ref as Parameters<ContentIndex["find"]>[0])?.value;
    return Array.isArray(value)
      ? value.filter((held) => typeof held === "string" || isRecord(held))
      : [];
  }
}

/** None where the segment went meanwhile. */
function* linesIn(segment: string): ReturnType<typeof wholeLines> {
  try {
    yield* wholeLines(entriesFile(segment), 0);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
