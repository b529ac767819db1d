import type { OpenTurns } from "@spoor/core/audit";
import { parseEventLine } from "@spoor/core/schema";
import type { LaneState } from "./diagnosis.ts";

type EntryCounts = Pick<
  LaneState,
  "entries" | "unreadable" | "lastSequence" | "gapNotes" | "clockJumps"
>;

/** What is said of all lanes together. */
export interface LanesTogether {
  /** When the last of each was recorded. */
  readonly sessions: Map<string, number>;
  readonly turns: OpenTurns;
}

/** What the entries of a lane tell, line by line. */
export class LaneEntries {
  readonly #lane: string;
  readonly #together: LanesTogether;
  /** Of the first line that the seal does not cover. */
  readonly #firstUnsealed: number;
  #entries = 0;
  #unreadable = 0;
  #lastSequence = -1;
  #gapNotes = 0;
  #clockJumps = 0;
  /** When the first line that the seal does not cover was recorded; null: nobody knows, or there is none. */
  unsealedSince: number | null = null;

  constructor(lane: string, firstUnsealed: number, together: LanesTogether) {
    this.#lane = lane;
    this.#firstUnsealed = firstUnsealed;
    this.#together = together;
  }

  see(line: string): void {
    this.#entries += 1;
    const parsed = parseEventLine(line);
    if (!parsed.ok) {
      this.#unreadable += 1;
      return;
    }
    const { event } = parsed;
    if (this.#entries - 1 === this.#firstUnsealed) this.unsealedSince = event.recordedAt;
    this.#lastSequence = Math.max(this.#lastSequence, event.sequence);
    const { session, recordedAt } = event;
    const { sessions } = this.#together;
    sessions.set(session, Math.max(sessions.get(session) ?? recordedAt, recordedAt));
    this.#together.turns.see(event, this.#lane);
    if (event.type !== "native.noted") return;
    if (event.name === "journal.gap") this.#gapNotes += 1;
    if (event.name === "clock.jumped") this.#clockJumps += 1;
  }

  get counts(): EntryCounts {
    return {
      entries: this.#entries,
      unreadable: this.#unreadable,
      lastSequence: this.#lastSequence,
      gapNotes: this.#gapNotes,
      clockJumps: this.#clockJumps,
    };
  }
}
