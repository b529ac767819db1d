import { isRecord } from "../../vocabulary/json.ts";
import { type EntryAt, isBehind } from "./lane-reductions.ts";

/** A note of the writer about what it could not write. */
export interface NotedLoss extends EntryAt {
  readonly session: string;
  /** As it stands in the note. */
  readonly said: unknown;
}

interface Loss extends EntryAt {
  /** Values that were not written, and are not found among those that are gone yet. */
  left: number;
}

/**
 * Values that an honest writer could not write. Which ones it cannot say, because their references are all that it has, so each note explains as many of
 * its session's before it as it counts.
 */
export class NotedLosses {
  /** In the order of the lane. */
  readonly #bySession: Map<string, Loss[]> = new Map();

  add({ session, segment, line, said }: NotedLoss): void {
    const count = isRecord(said) ? said["lostValues"] : null;
    if (typeof count !== "number" || !(count > 0)) return;
    const losses = this.#bySession.get(session) ?? [];
    this.#bySession.set(session, losses);
    losses.push({ segment, line, left: count });
  }

  /** Asked of each value that is gone, in the order of the lane. */
  explain(session: string, entry: EntryAt): boolean {
    const losses = this.#bySession.get(session) ?? [];
    const loss = losses.find((one) => one.left > 0 && isBehind(one, entry));
    if (loss) loss.left -= 1;
    return loss !== undefined;
  }
}
