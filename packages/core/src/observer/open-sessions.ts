import type { Position } from "../journal/journal.ts";
import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { AgentEvent, Key } from "../vocabulary/event.ts";
import { isClosing, isOpening } from "../vocabulary/event-kind.ts";

export interface OpenSessionsOptions {
  /** A session of which nothing was heard for so long (or up to a hundredth longer) is over, whatever it has left open. Default: 24 h. */
  readonly abandonAfterMs?: number;
  /** Spans that are remembered as open. Beyond that, the session that was quiet for longest is held to be over. Default: 100,000. */
  readonly mostSpans?: number;
}

interface OpenSession {
  /** The segment in which this process first wrote for it. */
  readonly first: number;
  readonly open: Set<Key>;
  heardAt: number;
}

const mostQuietSessions = 10_000;

/**
 * Which segments of a lane something lies in that belongs to a session with work going on: those from `earliest` on. It is told of each
 * event in the order of recording; time is what the events say.
 *
 * A session counts from its first segment again when it goes on after a rest, as long as it is among the last 10,000 that rested;
 * from where it goes on, otherwise.
 */
export class OpenSessions {
  readonly #abandonAfterMs: number;
  readonly #mostSpans: number;
  /** With something open, quiet for longest first. */
  readonly #sessions: Map<string, OpenSession> = new Map();
  /** With nothing open: the segment in which each began. */
  readonly #quiet: BoundedMap<string, number> = new BoundedMap(mostQuietSessions);
  /** How many open sessions began in a segment: few segments, whatever the number of sessions. */
  readonly #beginnings: Map<number, number> = new Map();
  #earliest: number | null = null;
  #lookAt = Number.NEGATIVE_INFINITY;
  #spans = 0;
  #forgotten = 0;

  constructor({
    abandonAfterMs = 24 * 60 * 60 * 1_000,
    mostSpans = 100_000,
  }: OpenSessionsOptions = {}) {
    this.#abandonAfterMs = abandonAfterMs;
    this.#mostSpans = mostSpans;
  }

  /** The first segment in which something of an open session lies; null: nothing is open. */
  get earliest(): number | null {
    return this.#earliest;
  }

  /** Spans that are open, as far as they are remembered. */
  get spans(): number {
    return this.#spans;
  }

  /** Spans that were open when their session was held to be over. */
  get forgotten(): number {
    return this.#forgotten;
  }

  recorded(event: AgentEvent, { segment }: Position): void {
    const session = this.#sessions.get(event.session);
    if (isOpening(event)) this.#open(event, session ?? this.#begin(event, segment));
    else if (session) this.#goOn(event, session);
    else this.#remember(event.session, segment);
    if (this.#spans > this.#mostSpans || event.recordedAt >= this.#lookAt)
      this.#endQuietOnes(event.recordedAt);
  }

  #begin({ session, recordedAt }: AgentEvent, segment: number): OpenSession {
    const first = this.#quiet.get(session) ?? segment;
    this.#quiet.delete(session);
    this.#beginnings.set(first, (this.#beginnings.get(first) ?? 0) + 1);
    this.#earliest = Math.min(this.#earliest ?? first, first);
    const begun = { first, open: new Set<Key>(), heardAt: recordedAt };
    this.#sessions.set(session, begun);
    return begun;
  }

  #open(event: AgentEvent & { readonly key: Key }, session: OpenSession): void {
    if (!session.open.has(event.key)) this.#spans += 1;
    session.open.add(event.key);
    this.#heard(event, session);
  }

  #goOn(event: AgentEvent, session: OpenSession): void {
    if (isClosing(event) && session.open.delete(event.key)) this.#spans -= 1;
    if (session.open.size === 0) this.#rest(event.session, session);
    else this.#heard(event, session);
  }

  #heard({ session: name, recordedAt }: AgentEvent, session: OpenSession): void {
    session.heardAt = recordedAt;
    this.#sessions.delete(name);
    this.#sessions.set(name, session);
  }

  #endQuietOnes(now: number): void {
    this.#lookAt = now + this.#abandonAfterMs / 100;
    for (const [name, session] of this.#sessions) {
      const isQuiet = session.heardAt <= now - this.#abandonAfterMs;
      if (!isQuiet && this.#spans <= this.#mostSpans) return;
      this.#spans -= session.open.size;
      this.#forgotten += session.open.size;
      this.#rest(name, session);
    }
  }

  #rest(name: string, { first }: OpenSession): void {
    this.#sessions.delete(name);
    this.#remember(name, first);
    const others = (this.#beginnings.get(first) ?? 1) - 1;
    if (others > 0) this.#beginnings.set(first, others);
    else this.#beginnings.delete(first);
    if (others === 0 && first === this.#earliest) this.#earliest = least(this.#beginnings.keys());
  }

  #remember(name: string, segment: number): void {
    const first = this.#quiet.get(name) ?? segment;
    this.#quiet.delete(name);
    this.#quiet.set(name, first);
  }
}

function least(numbers: Iterable<number>): number | null {
  let found: number | null = null;
  for (const number of numbers) found = found === null ? number : Math.min(found, number);
  return found;
}
