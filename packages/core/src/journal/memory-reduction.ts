import { hashedName } from "./disk/layout.ts";
import type { ContentRef } from "../vocabulary/event.ts";
import type { Position } from "./journal.ts";
import type { MemorySegment } from "./memory-segment.ts";
import type { CompleteSegment, Erasure, LaneReduction, Reduced, SayReduced } from "./reduction.ts";
import { type Lane, saidByNobody, sayReduced } from "./say-reduced.ts";
import { sessionReferringTo } from "./session-referring-to.ts";

/** A journal in memory, as it has itself in hand. */
export interface MemoryInHand extends Lane {
  /** The current one is the last. */
  readonly segments: ReadonlyMap<number, MemorySegment>;
  readonly beginSegment: () => void;
  /** Counted as removed. */
  readonly remove: (segment: number) => void;
  /** Its key, and what its sessions wait under. */
  readonly forget: (subject: string, sessions: ReadonlySet<string>) => void;
}

/** Nobody else can ask a process to erase what it has in its memory. */
export class MemoryReduction implements LaneReduction {
  readonly #lane: MemoryInHand;
  #say: SayReduced = saidByNobody;

  constructor(lane: MemoryInHand) {
    this.#lane = lane;
  }

  speakThrough(say: SayReduced): void {
    this.#say = say;
  }

  segments(): readonly CompleteSegment[] {
    return [...this.#lane.segments.values()].slice(0, -1).map(({ number, bytes, content }) => ({
      number,
      bytes,
      contentBytes: [...content.values()].reduce((sum, { json }) => sum + json.length, 0),
    }));
  }

  beginSegment(): boolean {
    const current = [...this.#lane.segments.values()].at(-1);
    if (current && current.entries.length > 0) this.#lane.beginSegment();
    return true;
  }

  thin(number: number, reduced: Reduced): Promise<boolean> {
    return this.#inComplete(number, (segment) => {
      const about = { what: "content", why: "retention", segment: number } as const;
      sayReduced(this.#say, this.#lane, reduced, about);
      dropContent(segment, () => true);
    });
  }

  remove(number: number, reduced: Reduced): Promise<boolean> {
    return this.#inComplete(number, () => {
      const about = { what: "entries", why: "retention", segment: number } as const;
      sayReduced(this.#say, this.#lane, reduced, about);
      this.#lane.remove(number);
    });
  }

  erase({ subject, sessions, lookedTo, ...reason }: Erasure): Promise<boolean> {
    return attempt(() => {
      const before = [...this.#lane.segments.values()];
      const concerned = new Set(sessions);
      for (const session of sessionsUnder(before, subject, lookedTo)) concerned.add(session);
      this.#lane.beginSegment();
      const about = { what: "content", why: "erasure" } as const;
      sayReduced(this.#say, this.#lane, { sessions: concerned, ...reason }, about);
      for (const segment of this.#lane.segments.values())
        dropContent(segment, (owner) => hashedName(owner) === subject);
      this.#lane.forget(subject, concerned);
    });
  }

  #inComplete(number: number, work: (segment: MemorySegment) => void): Promise<boolean> {
    const segment = this.segments().some((complete) => complete.number === number)
      ? this.#lane.segments.get(number)
      : undefined;
    return segment ? attempt(() => work(segment)) : Promise.resolve(false);
  }
}

function* sessionsUnder(
  segments: Iterable<MemorySegment>,
  subject: string,
  from: Position,
): Generator<string> {
  for (const { number, entries, content } of segments) {
    if (number < from.segment) continue;
    const isTheirs = (ref: string): boolean => {
      const text = content.get(ref as ContentRef);
      return text !== undefined && hashedName(text.subject) === subject;
    };
    const first = number === from.segment ? from.offset : 0;
    for (const line of entries.slice(first)) {
      const session = sessionReferringTo(isTheirs, line);
      if (session !== null) yield session;
    }
  }
}

function dropContent(segment: MemorySegment, isTheirs: (owner: string) => boolean): void {
  for (const [ref, { subject, json }] of segment.content) {
    if (!isTheirs(subject)) continue;
    segment.content.delete(ref);
    segment.bytes -= json.length;
  }
}

/** What could not be said stays. */
function attempt(work: () => void): Promise<boolean> {
  try {
    work();
    return Promise.resolve(true);
  } catch {
    return Promise.resolve(false);
  }
}
