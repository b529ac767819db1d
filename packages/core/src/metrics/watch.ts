import type { SpanCost } from "../report/cost-report.ts";
import type { Span } from "../run-tree/span.ts";
import type { SpanId } from "../vocabulary/event.ts";
import type { Measurement } from "./measurement.ts";
import { type SessionSoFar, sessionAfter } from "./session-so-far.ts";
import { spanMeasurements } from "./span-measurements.ts";
import { sessionFigures, turnDurations, turnFigures } from "./turn-measurements.ts";
import { TurnSoFar } from "./turn-so-far.ts";

/** What has passed of work that goes on. A value: nothing of it changes. */
export interface Watched {
  /** Turns that began earlier may have lost pieces before anybody watched: of what lies in them no figures are made. */
  readonly since: number;
  /** When the last thing began that passed. */
  readonly latest: number;
  readonly turns: ReadonlyMap<SpanId, TurnSoFar>;
  readonly sessions: ReadonlyMap<string, SessionSoFar>;
}

export interface Seen {
  readonly measurements: readonly Measurement[];
  readonly watched: Watched;
}

export const watching = (since: number): Watched => ({
  since,
  latest: since,
  turns: new Map(),
  sessions: new Map(),
});

const mostTurns = 10_000;
const mostSessions = 10_000;

/**
 * What a batch of spans says, given what passed before it, and what is to be known when the next one comes. Pure: the same batch after the same
 * others gives the same.
 */
export function watch(
  before: Watched,
  batch: readonly Span[],
  costOf: ((span: Span) => SpanCost) | null,
): Seen {
  const watch = new Watch(before, costOf);
  const measurements = batch.flatMap((span) => watch.pass(span));
  return { measurements, watched: watch.watched() };
}

/** One batch on its way. What lies in a turn leaves before it, so a turn's figures are made when the turn itself leaves. */
class Watch {
  readonly #costOf: ((span: Span) => SpanCost) | null;
  readonly #turns: Map<SpanId, TurnSoFar>;
  readonly #sessions: Map<string, SessionSoFar>;
  /** Turns of which this batch has a copy of its own. */
  readonly #touched: Set<SpanId> = new Set();
  #since: number;
  #latest: number;

  constructor(before: Watched, costOf: ((span: Span) => SpanCost) | null) {
    const { since, latest, turns, sessions } = before;
    this.#since = since;
    this.#latest = latest;
    this.#turns = new Map(turns);
    this.#sessions = new Map(sessions);
    this.#costOf = costOf;
  }

  pass(span: Span): readonly Measurement[] {
    const hasCost = span.kind === "model" || span.kind === "turn";
    const cost = hasCost && this.#costOf ? this.#costOf(span) : null;
    const alone = spanMeasurements(span, cost);
    this.#latest = Math.max(this.#latest, span.startedAt ?? this.#latest);
    if (span.kind === "turn") return [...alone, ...turnDurations(span), ...this.#end(span, cost)];
    if (span.turnSpanId !== null) this.#turn(span.turnSpanId).note(span, cost);
    return alone;
  }

  watched(): Watched {
    return {
      since: this.#since,
      latest: this.#latest,
      turns: this.#turns,
      sessions: this.#sessions,
    };
  }

  #turn(id: SpanId): TurnSoFar {
    const known = this.#turns.get(id);
    if (known && this.#touched.has(id)) return known;
    if (!known && this.#turns.size >= mostTurns) this.#beginAnew();
    const own = new TurnSoFar(known);
    this.#touched.add(id);
    this.#turns.set(id, own);
    return own;
  }

  /** Too many are under way, or never ended. What is forgotten began before what lies in it, so before what comes next. */
  #beginAnew(): void {
    this.#turns.clear();
    this.#since = this.#latest + 1;
  }

  #end(turn: Span, cost: SpanCost | null): readonly Measurement[] {
    const id = turn.turnSpanId ?? turn.spanId;
    const soFar = this.#turn(id);
    this.#turns.delete(id);
    const isWhole = turn.startedAt !== null && turn.startedAt >= this.#since;
    if (!isWhole) return [];
    const all = soFar.cost(cost);
    const session = sessionAfter(this.#sessions.get(turn.session), turn, all);
    this.#keep(turn.session, session);
    return [...turnFigures(turn, soFar, all), ...sessionFigures(turn, session)];
  }

  /** The session of which nothing ended for longest is forgotten, and begins anew when it goes on. */
  #keep(id: string, session: SessionSoFar): void {
    this.#sessions.delete(id);
    this.#sessions.set(id, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > mostSessions && oldest !== undefined) this.#sessions.delete(oldest);
  }
}
