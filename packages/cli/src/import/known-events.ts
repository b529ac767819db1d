import type { AgentEvent, EventId, KnownStamp } from "@spoor/core";

const saysNothing: KnownStamp = {};

/** What a journal holds, as far as an import has to know it: the ids of its events, and the stamps of the turns that began. */
export class KnownEvents {
  readonly #ids: Set<EventId> = new Set();
  readonly #turns: Map<EventId, KnownStamp> = new Map();

  add({ id, type, traceId, turnSpanId }: AgentEvent): void {
    this.#ids.add(id);
    if (type !== "turn.started") return;
    this.#turns.set(id, {
      ...(traceId === undefined ? {} : { traceId }),
      ...(turnSpanId === undefined ? {} : { turnSpanId }),
    });
  }

  find(id: EventId): KnownStamp | null {
    return this.#ids.has(id) ? (this.#turns.get(id) ?? saysNothing) : null;
  }
}
