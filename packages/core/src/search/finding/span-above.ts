import type { SpanId } from "../../vocabulary/event.ts";
import { kindCode } from "../store/codes.ts";
import type { Spans, StoredSpan } from "../store/spans.ts";
import type { Words } from "../store/words.ts";

const turnKind = kindCode("turn");

/** What a span has from those above it. What is above is looked up once. */
export class SpansAbove {
  readonly #spans: Spans;
  readonly #words: Words;
  readonly #known: Map<string, StoredSpan | null> = new Map();

  constructor(spans: Spans, words: Words) {
    this.#spans = spans;
    this.#words = words;
  }

  /** Its own, or that of the nearest span above that has one. */
  agentOf(span: StoredSpan): string | null {
    for (const one of this.#upFrom(span))
      if (one.agent !== null) return this.#words.textOf(one.agent);
    return null;
  }

  /** The first activation of its turn; null where the turn is not known. */
  turnOf(span: StoredSpan): SpanId | null {
    const turn = this.#activationOf(span);
    if (!turn?.began) return turn?.spanId ?? null;
    const began = this.#found(turn.session, turn.began);
    if (!began) return turn.began;
    return began.kind === turnKind ? (began.began ?? began.spanId) : turn.spanId;
  }

  /** The number of who used it: as its turn says, else its session; null where nobody says. */
  userOf(span: StoredSpan): number | null {
    const turn = this.#activationOf(span);
    const began = turn?.began ? this.#found(span.session, turn.began) : null;
    return turn?.user ?? began?.user ?? this.#found(span.session, null)?.user ?? null;
  }

  #activationOf(span: StoredSpan): StoredSpan | null {
    for (const one of this.#upFrom(span)) if (one.kind === turnKind) return one;
    return null;
  }

  /** Itself first. What hangs on itself, by what witnesses say, ends. */
  *#upFrom(span: StoredSpan): Iterable<StoredSpan> {
    const passed = new Set<number>();
    for (let one: StoredSpan | null = span; one && !passed.has(one.id);) {
      passed.add(one.id);
      yield one;
      one = one.parent === null ? null : this.#found(one.session, one.parent);
    }
  }

  #found(session: number, spanId: SpanId | null): StoredSpan | null {
    const name = `${session} ${spanId}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const named = this.#spans.find(session, spanId);
    const leader = named?.leader;
    const found = leader === null || leader === undefined ? named : this.#spans.byId(leader);
    this.#known.set(name, found);
    return found;
  }
}
