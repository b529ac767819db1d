import type { ContentReader } from "../journal/content.ts";
import type { JournalReader } from "../journal/journal.ts";
import { sessionSummary } from "../report/session-summary.ts";
import { createRunTree, type RunTree } from "../run-tree/run-tree.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import type { LedgerLine } from "./ledger-line.ts";

export interface LedgerTask {
  readonly reader: JournalReader;
  readonly parse: (line: string) => AgentEvent | null;
  /** How many entries each session has whose line is asked for. */
  readonly entriesOf: ReadonlyMap<string, number>;
  /** Up to when its entries have a line already. */
  readonly writtenTo: (session: string) => number;
  readonly now: number;
  readonly breathe: () => Promise<void>;
}

const entriesPerBreath = 256;
const nothingStored: ContentReader = {
  read: () => ({ kind: "missing" }),
  sizeOf: () => 0,
  messages: () => null,
};

/**
 * The lines of sessions, each when the last of its entries was read. Memory holds those that are under way at once. What has a line already has no other. A
 * session that was recorded by several processes is one here, so all lanes are read.
 */
export async function* ledgerLines(task: LedgerTask): AsyncGenerator<LedgerLine> {
  const { reader, parse, entriesOf, writtenTo, breathe } = task;
  const underWay = new Map<string, PartOfSession>();
  let read = 0;
  for (const { line } of reader.entries()) {
    read += 1;
    if (read % entriesPerBreath === 0) await breathe();
    const event = parse(line);
    if (!event || event.type === "record.reduced" || !entriesOf.has(event.session)) continue;
    const { session: id } = event;
    const part = underWay.get(id) ?? new PartOfSession(id, writtenTo(id));
    underWay.set(id, part);
    part.apply(event);
    if (part.read < (entriesOf.get(id) ?? 0)) continue;
    underWay.delete(id);
    yield* part.line(task.now);
  }
  for (const part of underWay.values()) yield* part.line(task.now);
}

class PartOfSession {
  readonly #id: string;
  readonly #after: number;
  readonly #tree: RunTree = createRunTree();
  read = 0;
  #entries = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  constructor(id: string, after: number) {
    this.#id = id;
    this.#after = after;
  }

  apply(event: AgentEvent): void {
    this.read += 1;
    if (event.recordedAt <= this.#after) return;
    this.#tree.apply(event);
    this.#entries += 1;
    this.#from = Math.min(this.#from, event.recordedAt);
    this.#to = Math.max(this.#to, event.recordedAt);
  }

  *line(writtenAt: number): Iterable<LedgerLine> {
    const view = this.#entries === 0 ? null : this.#tree.session(this.#id);
    if (!view) return;
    const session = { ...sessionSummary(view, nothingStored), userId: null };
    yield { v: 1, session, entries: this.#entries, from: this.#from, to: this.#to, writtenAt };
  }
}
