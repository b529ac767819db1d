import type { AgentEvent } from "../../vocabulary/event.ts";

/** Turns that began and that nobody has seen ending, over all lanes: one may begin in one and end in another, and several may tell of it. */
export class OpenTurns {
  /** By its span, which no turn of another session has, the lane in which it was first seen to begin. */
  readonly #open: Map<string, string> = new Map();
  readonly #ended: Set<string> = new Set();

  see({ type, spanId }: AgentEvent, lane: string): void {
    if (spanId === null) return;
    if (type === "turn.ended") {
      this.#ended.add(spanId);
      this.#open.delete(spanId);
    } else if (type === "turn.started" && !this.#ended.has(spanId) && !this.#open.has(spanId))
      this.#open.set(spanId, lane);
  }

  countIn(lane: string): number {
    let count = 0;
    for (const began of this.#open.values()) if (began === lane) count += 1;
    return count;
  }
}
