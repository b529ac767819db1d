import type { StatementSync } from "node:sqlite";
import { laneFolder, segmentFolder } from "../../journal/disk/layout.ts";
import type { TextFound } from "../finding/hit.ts";
import type { MatchingSpans, Tables } from "../finding/matching-spans.ts";
import type { Order } from "../finding/merged-sessions.ts";
import type { EntryPlace } from "../indexing/entry-lines.ts";
import type { AgentEvent } from "../../vocabulary/event.ts";
import type { StoredSpan } from "../store/spans.ts";
import { entriesReferring } from "./entries-referring.ts";
import { needleOf } from "./needle.ts";
import { segmentsToRead } from "./segments-to-read.ts";
import { valuesWith } from "./scan-content.ts";

export interface SpanSaying {
  readonly span: StoredSpan;
  readonly place: EntryPlace;
  readonly found: TextFound;
}

/**
 * The spans that match and in which a text stands, each by an entry that leads to it. The text is looked for in the values as they lie on disk: no
 * copy of them is kept anywhere, so what was erased is not found, and what was withheld never was there. Who wants the newest of many reads no
 * further back than that takes.
 */
export function* spansSaying(
  text: string,
  order: Order,
  matching: MatchingSpans,
  tables: Tables,
  dir: string,
): Iterable<SpanSaying> {
  const known = new KnownSpans(tables, matching);
  let waiting: SpanSaying[] = [];
  for (const part of segmentsToRead(matching, tables.database)) {
    const { lane, number, noSpanAfter, offsets } = part;
    if (order === "newest") {
      const isReady = ({ span }: SpanSaying): boolean => (span.at ?? -Infinity) > noSpanAfter;
      yield* inOrderOfTime(waiting.filter(isReady), order);
      waiting = waiting.filter((saying) => !isReady(saying));
    }
    const segment = segmentFolder(laneFolder(dir, lane), number);
    const values = valuesWith(segment, needleOf(text));
    if (values.size === 0) continue;
    for (const { event, offset, field, ref } of entriesReferring(segment, values, offsets)) {
      const span = known.newMatch(event);
      const occurrence = values.get(ref);
      if (!span || !occurrence) continue;
      const place = { lane, segment: number, offset };
      waiting.push({ span, place, found: { field, ...occurrence } });
    }
  }
  yield* inOrderOfTime(waiting, order);
}

/** The spans that entries are about, each once. */
class KnownSpans {
  readonly #tables: Tables;
  readonly #matching: MatchingSpans;
  readonly #sessionId: StatementSync;
  readonly #sessions: Map<string, number> = new Map();
  readonly #heard: Set<string> = new Set();
  readonly #seen: Set<number> = new Set();

  constructor(tables: Tables, matching: MatchingSpans) {
    this.#tables = tables;
    this.#matching = matching;
    this.#sessionId = tables.database.prepare("SELECT id FROM session WHERE name = ?");
  }

  /** Null: it was there before, does not match, or is not in the index yet. Of spans that are one: the one that stands for them. */
  newMatch({ session, spanId }: AgentEvent): StoredSpan | null {
    const id = this.#idOf(session);
    const name = `${id} ${spanId}`;
    if (this.#heard.has(name)) return null;
    this.#heard.add(name);
    const { spans } = this.#tables;
    const named = spans.find(id, spanId);
    const span = named?.leader === null || !named ? named : spans.byId(named.leader);
    if (!span || this.#seen.has(span.id)) return null;
    this.#seen.add(span.id);
    return this.#matching.matches(span) ? span : null;
  }

  #idOf(session: string): number {
    const known = this.#sessions.get(session);
    if (known !== undefined) return known;
    const id = Number(this.#sessionId.get(session)?.["id"] ?? -1);
    this.#sessions.set(session, id);
    return id;
  }
}

/** What has no time comes last, and what has the same is in the order of ids. */
function inOrderOfTime(sayings: readonly SpanSaying[], order: Order): readonly SpanSaying[] {
  const placeOf = ({ span: { at } }: SpanSaying): number =>
    at === null ? Infinity : order === "newest" ? -at : at;
  return sayings.toSorted((left, right) => {
    const [one, other] = [placeOf(left), placeOf(right)];
    if (one !== other) return one < other ? -1 : 1;
    return (left.span.spanId ?? "") < (right.span.spanId ?? "") ? -1 : 1;
  });
}
