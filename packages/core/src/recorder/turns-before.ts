import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { DraftOf, Key } from "../vocabulary/event.ts";
import type { Turn } from "./turn-register.ts";

const remembered = 10_000;

interface Begun {
  turn: Turn;
  /** How many had begun when it did. */
  rank: number;
  /** When, where somebody said it. */
  readonly ms: number | null;
}

/**
 * Which turn of each session began last, as far as one recorder has seen: what the next one is linked to. Bounded: after a session that is
 * forgotten here, a turn is recorded without the one before it.
 */
export class TurnsBefore {
  readonly #last: BoundedMap<string, Begun> = new BoundedMap(remembered);
  readonly #named: BoundedMap<string, Begun> = new BoundedMap(remembered);
  #count = 0;

  /** The turn before. Null: none was seen, or it is told after one that began later, or it is no other turn but goes on. */
  began({ session, key, at }: DraftOf<"turn.started">, turn: Turn): Turn | null {
    const last = this.#last.get(session);
    const goesOn = turn.spanId !== turn.activationSpanId || turn.spanId === last?.turn.spanId;
    if (goesOn && last) return null;
    const isEarlier = at && last && last.ms !== null && at.ms < last.ms;
    const ms = at?.ms ?? last?.ms ?? null;
    const begun = this.#named.set(nameOf(session, key), { turn, rank: (this.#count += 1), ms });
    if (isEarlier) return null;
    this.#last.set(session, begun);
    return last?.turn ?? null;
  }

  /** Two names of one span. Where both are of turns, those are one, under the name that was told first. */
  called(session: string, key: Key, alias: Key): void {
    const [name, other] = [nameOf(session, key), nameOf(session, alias)];
    const [one, another] = [this.#named.get(name), this.#named.get(other)];
    if (one && another) unite(one, another);
    else if (one) this.#named.set(other, one);
    else if (another) this.#named.set(name, another);
  }
}

function unite(one: Begun, another: Begun): void {
  const [first, second] = one.rank <= another.rank ? [one, another] : [another, one];
  second.turn = first.turn;
  second.rank = first.rank;
}

function nameOf(session: string, key: Key): string {
  return `${session.length}:${session}${key}`;
}
