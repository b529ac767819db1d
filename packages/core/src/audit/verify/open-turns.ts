import type { AgentEvent } from "../../vocabulary/event.ts";

/** Turns that began and that nobody has seen ending, over all lanes: one may begin in one and end in another, and several may tell of it. */
export class OpenTurns {
  /** By turn, the lane in which it was first seen to begin. */
  readonly #began: Map<string, string> = new Map();
  readonly #ended: Set<string> = new Set();

  see(event: AgentEvent, lane: string): void {
    if (event.type !== "turn.started" && event.type !== "turn.ended") return;
    const turn = `${event.session}\n${event.spanId}`;
    if (event.type === "turn.ended") this.#ended.add(turn);
    else if (!this.#began.has(turn)) this.#began.set(turn, lane);
  }

  countIn(lane: string): number {
    const open = [...this.#began].filter(
      ([turn, began]) => began === lane && !this.#ended.has(turn),
    );
    return open.length;
  }
}
