import type { JournalEntry, JournalReader, Position } from "@spoor/core";

/** A part of a lane that begins and ends with an entry of one session; in between there may be a few of others. */
interface Stretch {
  readonly lane: string;
  readonly from: Position;
  to: Position;
}

/** What is rather read along than looked up. */
const smallGap = 256 * 1024;

/** Where the entries of each session lie. */
export class Stretches {
  readonly #sessions: Map<string, Stretch[]> = new Map();

  /** In the order of the lane. */
  add(session: string, lane: string, position: Position): void {
    const stretches = this.#sessions.get(session);
    const last = stretches?.at(-1);
    const begun = { lane, from: position, to: position };
    if (!stretches) this.#sessions.set(session, [begun]);
    else if (last && continues(last, lane, position)) last.to = position;
    else stretches.push(begun);
  }

  /** Those of the session, and some that lie between them. */
  *entries(session: string, reader: JournalReader): Iterable<JournalEntry> {
    for (const { lane, from, to } of this.#sessions.get(session) ?? []) {
      for (const entry of reader.entriesOf(lane, from)) {
        if (entry.position.segment !== to.segment || entry.position.offset > to.offset) break;
        yield entry;
      }
    }
  }
}

const continues = ({ lane, to }: Stretch, other: string, { segment, offset }: Position): boolean =>
  lane === other && to.segment === segment && offset - to.offset <= smallGap;
