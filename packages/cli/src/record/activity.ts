import type { AgentEvent } from "@spoor/core";

/** When something went on in a session: by the times of its events, and where they have none by when they were recorded. What went of it says nothing. */
export class Activity {
  #told: number | null = null;
  #recorded = 0;

  see({ type, at, recordedAt }: AgentEvent): void {
    if (type === "record.reduced") return;
    if (at) this.#told = Math.max(this.#told ?? at.ms, at.ms);
    this.#recorded = Math.max(this.#recorded, recordedAt);
  }

  /** Null: none of its events tells a time. */
  get told(): number | null {
    return this.#told;
  }

  /** What puts sessions in their order. */
  get last(): number {
    return this.#told ?? this.#recorded;
  }
}
