import type { AgentEvent } from "@spoor/core";

/** Turns that began and that nobody has seen ending: one may begin in one lane and end in another. */
export class OpenTurns {
  /** By its span, the lane in which it was first seen to begin. */
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
    return [...this.#open.values()].filter((began) => began === lane).length;
  }
}
