import type { EventDraft } from "../vocabulary/event.ts";

interface Gap {
  readonly lost: number;
  readonly lostValues: number;
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
  addEntry(draft: EventDraft, now: number): void {
    this.#add(draft, { lost: 1, lostValues: 0 }, now);
  }

  /** The entry is there, and refers to so many values in vain. */
  addValues(draft: EventDraft, lostValues: number, now: number): void {
    this.#add(draft, { lost: 0, lostValues }, now);
  }

  #add(draft: EventDraft, more: Pick<Gap, "lost" | "lostValues">, now: number): void {
    const { session } = draft;
    const gap = this.#gaps.get(session);
    if (!gap && this.#gaps.size >= 1_000) return;
    const told = this.#taken.get(draft);
    this.#gaps.set(session, {
      lost: (gap?.lost ?? 0) + (told?.lost ?? 0) + more.lost,
      lostValues: (gap?.lostValues ?? 0) + (told?.lostValues ?? 0) + more.lostValues,
      fromMs: Math.min(gap?.fromMs ?? now, told?.fromMs ?? now),
      toMs: now,
    });
  }

  /** One note a session that lost something; each is given out once, and only after an entry of which all `values` were stored, because a note has one as well. */
  take(
    sequence: number,
    values: { readonly stored: number; readonly lost: number },
  ): readonly EventDraft[] {
    if (this.#gaps.size === 0 || values.lost > 0) return [];
    const given = [...this.#gaps].filter(([, { lost }]) => lost > 0 || values.stored > 0);
    for (const [session] of given) this.#gaps.delete(session);
    return given.map(([session, gap]) => {
      const note = this.#noteOf(session, gap, sequence);
      this.#taken.set(note, gap);
      return note;
    });
  }

  #noteOf(session: string, { lost, lostValues, fromMs, toMs }: Gap, sequence: number): EventDraft {
    return {
      type: "native.noted",
      session,
      source: "journal",
      on: null,
      mark: `gap@${this.#lane}/${sequence}`,
      name: "journal.gap",
      at: { ms: this.#clock() },
      native: { lost, ...(lostValues > 0 ? { lostValues } : {}), fromMs, toMs },
    };
  }
}
