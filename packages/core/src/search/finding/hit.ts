import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Position } from "../../journal/journal.ts";
import type { SpanId } from "../../vocabulary/event.ts";
import { type EntryPlace, journalOrder } from "../indexing/entry-lines.ts";
import { type FoundKind, type FoundStatus, kindOfCode, statusOfCode } from "../store/codes.ts";
import type { StoredSpan } from "../store/spans.ts";
import type { Words } from "../store/words.ts";
import type { SpansAbove } from "./span-above.ts";

/** Where a text was found. */
export interface TextFound {
  /** The field of the entry that leads to it, such as `input`, `output`, `detail`, `context`. */
  readonly field: string;
  /** What stands around it, in one text: `before`, the words themselves, `after`. */
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

/** A span that matches, or a session itself where a text is said of it. */
export interface Hit {
  readonly session: string;
  /** Null: it is said of the session itself. */
  readonly spanId: SpanId | null;
  /** The first activation of its turn; null where no turn is known. */
  readonly turnId: SpanId | null;
  /** Null: nobody has seen it begin or end. */
  readonly kind: FoundKind | null;
  readonly name: string | null;
  readonly agent: string | null;
  readonly model: string | null;
  /** Null: nobody has seen it begin or end, or it is a session. */
  readonly status: FoundStatus | null;
  /** The earliest time that is told of it, in milliseconds since the epoch; null: none is. */
  readonly at: number | null;
  /** The first entry that tells of it; where a text was looked for, one that leads to it. */
  readonly lane: string;
  readonly position: Position;
  readonly text?: TextFound;
}

/** Turns rows into what is told of them. */
export class Hits {
  readonly #words: Words;
  readonly #above: SpansAbove;
  readonly #session: StatementSync;
  readonly #entries: StatementSync;
  readonly #segments: Map<number, Omit<EntryPlace, "offset">> = new Map();
  readonly #names: Map<number, string> = new Map();

  constructor(database: DatabaseSync, words: Words, above: SpansAbove) {
    this.#words = words;
    this.#above = above;
    this.#session = database.prepare("SELECT name FROM session WHERE id = ?");
    this.#entries = database.prepare("SELECT segment, offset FROM entry WHERE span = ?");
    for (const { id, lane, number } of database.prepare("SELECT * FROM segment").all())
      this.#segments.set(Number(id), { lane: Number(lane), segment: Number(number) });
  }

  of(span: StoredSpan, text?: { readonly place: EntryPlace; readonly found: TextFound }): Hit {
    const place = text?.place ?? this.#placeOf(span);
    const kind = kindOfCode(span.kind);
    const isSpan = kind !== null && kind !== "session";
    return {
      session: this.#nameOf(span.session),
      spanId: span.spanId,
      turnId: this.#above.turnOf(span),
      kind,
      name: this.#words.textOf(span.name),
      agent: this.#above.agentOf(span),
      model: this.#words.textOf(span.model),
      status: isSpan ? statusOfCode(span.status) : null,
      at: span.at,
      lane: String(place.lane),
      position: { segment: place.segment, offset: place.offset },
      ...(text ? { text: text.found } : {}),
    };
  }

  #nameOf(session: number): string {
    const known = this.#names.get(session);
    if (known !== undefined) return known;
    const name = String(this.#session.get(session)?.["name"] ?? "");
    this.#names.set(session, name);
    return name;
  }

  #placeOf({ id }: StoredSpan): EntryPlace {
    const places = this.#entries.all(id).map(({ segment, offset }) => ({
      ...(this.#segments.get(Number(segment)) ?? { lane: 0, segment: 0 }),
      offset: Number(offset),
    }));
    const [first] = places.toSorted(journalOrder);
    return first ?? { lane: 0, segment: 0, offset: 0 };
  }
}
