import type { Key } from "@spoor/core";
import type { Thread } from "../flow/continuation.ts";
import { Recent } from "./recent.ts";
import type { Turn } from "./turn.ts";

const mostThreads = 10_000;
const mostStops = 10_000;

/** The conversations that were seen, and where they stand. One without a name is its only turn's. */
export class Threads {
  /** The turn that waits for an answer, where the latest one does. */
  readonly #waiting: Recent<Turn | null> = new Recent(mostThreads);
  /** The turns that stopped at a checkpoint, by session and checkpoint. */
  readonly #stops: Recent<Key> = new Recent(mostStops);

  has(session: string): boolean {
    return this.#waiting.has(session);
  }

  waitingIn(session: string): Turn | null {
    return this.#waiting.get(session) ?? null;
  }

  thread(session: string): Thread {
    return {
      session,
      isKnown: this.has(session),
      waiting: this.waitingIn(session),
      stoppedAt: (checkpointId) => this.#stops.get(stopName(session, checkpointId)),
    };
  }

  /** What waits is left waiting by roots of another name: a model that is called beside the graph, or another graph. */
  begin({ session, name, continuation }: Turn): void {
    const waiting = this.waitingIn(session);
    const isBeside =
      waiting !== null && continuation.resumes === undefined && waiting.name !== name;
    this.#waiting.set(session, isBeside ? waiting : null);
  }

  end(turn: Turn): void {
    const { session, key, suspended, waitsAt } = turn;
    if (suspended) this.#waiting.set(session, turn);
    if (suspended && waitsAt !== undefined) this.#stops.set(stopName(session, waitsAt), key);
  }
}

function stopName(session: string, checkpointId: string): string {
  return JSON.stringify([session, checkpointId]);
}
