import { AsyncLocalStorage } from "node:async_hooks";
import type { SpanContext } from "../../vocabulary/carrier.ts";
import type { SpanId, TraceId } from "../../vocabulary/event.ts";
import type { CurrentSpan } from "./current-span.ts";

/** Something that records work and knows where it runs, as an adapter's handler does. */
export class RecordedWork implements CurrentSpan {
  readonly #running: AsyncLocalStorage<SpanContext> = new AsyncLocalStorage();
  readonly currentSpan = (): SpanContext | null => this.#running.getStore() ?? null;

  run<Result>(span: SpanContext, body: () => Result): Result {
    return this.#running.run(span, body);
  }
}

/** The only one of its number, in a trace of its own or in the one given. */
export function spanNumbered(number: number, traceId?: string): SpanContext {
  return {
    traceId: (traceId ?? number.toString(16).padStart(32, "a")) as TraceId,
    spanId: number.toString(16).padStart(16, "b") as SpanId,
  };
}
