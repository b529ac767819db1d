import type { SpanContext } from "@spoor/core";
import { Recent } from "../callbacks/runs/recent.ts";

/** Those that never end are forgotten at last. */
const mostUnderWay = 20_000;

/** Which calls to models are under way, by the span that each of them runs in. */
export class ModelCalls {
  readonly #callers: Recent<string> = new Recent(mostUnderWay);
  readonly #underWay: Recent<readonly SpanContext[]> = new Recent(mostUnderWay);

  began(call: SpanContext, caller: SpanContext): void {
    this.#callers.set(call.spanId, caller.spanId);
    this.#underWay.set(caller.spanId, [...this.#in(caller.spanId), call]);
  }

  /** Of what is no call to a model it knows nothing, and changes nothing. */
  ended({ spanId }: SpanContext): void {
    const caller = this.#callers.get(spanId);
    if (caller === undefined) return;
    this.#callers.delete(spanId);
    const others = this.#in(caller).filter((call) => call.spanId !== spanId);
    if (others.length === 0) this.#underWay.delete(caller);
    else this.#underWay.set(caller, others);
  }

  /** Null: none, or several, and nobody can tell which of them a piece of code belongs to. */
  onlyOneIn({ spanId }: SpanContext): SpanContext | null {
    const [call, ...others] = this.#in(spanId);
    return others.length === 0 ? (call ?? null) : null;
  }

  #in(caller: string): readonly SpanContext[] {
    return this.#underWay.get(caller) ?? [];
  }
}
