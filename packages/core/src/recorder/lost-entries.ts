import type { EventDraft } from "../vocabulary/event.ts";

interface Gap {
  readonly lost: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What could not be written is said in the record as soon as writing works again: a gap that nobody can see would be a lie. */
export class LostEntries {
  readonly #lane: string;
  readonly #clock: () => number;
  #gaps: Map<string, Gap> = new Map();
  readonly #taken: WeakMap<EventDraft, Gap> = new WeakMap();

  constructor(lane: string, clock: () => number) {
    this.#lane = lane;
    this.#clock = clock;
  }

  /** A note that is lost itself tells no less the next time. */
  add(draft: EventDraft, now: number): void {
    const { session } = draft;
    const gap = this.#gaps.get(session);
    if (!gap && this.#gaps.size >= 1_000) return;
    const told = this.#taken.get(draft);
    this.#gaps.set(session, {
      lost: (gap?.lost ?? 0) + (told?.lost ?? 0) + 1,
      fromMs: Math.min(gap?.fromMs ?? now, told?.fromMs ?? now),
      toMs: now,
    });
  }

  /** One note a session that lost something; each is given out once. */
  take(sequence: number): readonly EventDraft[] {
    if (this.#gaps.size === 0) return [];
    const gaps = this.#gaps;
    this.#gaps = new Map();
    return [...gaps].map(([session, gap]) => {
      const note = this.#noteOf(session, gap, sequence);
      this.#taken.set(note, gap);
      return note;
    });
  }

  #noteOf(session: string, { lost, fromMs, toMs }: Gap, sequence: number): EventDraft {
    return {
      type: "native.noted",
      session,
      source: "journal",
      on: null,
      mark: `gap@${this.#lane}/${sequence}`,
      name: "journal.gap",
      at: { ms: this.#clock() },
      native: { lost, fromMs, toMs },
    };
  }
}
