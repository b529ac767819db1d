import type { SpanContext } from "../../vocabulary/carrier.ts";
import type { OtelSpan, OtelSpanContext } from "./open-telemetry.ts";

const isSampled = 1;

/**
 * Stands for recorded work where the application's code asks for the active span: a parent for the spans that it starts. Whatever else it tells the
 * active span reaches the one around, as it would if nothing were recorded; and it can end neither.
 */
export class RecordedSpan implements OtelSpan {
  readonly #context: OtelSpanContext;
  readonly #around: OtelSpan | null;

  constructor(recorded: SpanContext, around: OtelSpan | null) {
    this.#context = contextOf(recorded, around?.spanContext());
    this.#around = around;
  }

  spanContext(): OtelSpanContext {
    return this.#context;
  }

  isRecording(): boolean {
    return this.#around?.isRecording() ?? false;
  }

  setAttribute(name: string, value: unknown): this {
    this.#around?.setAttribute(name, value);
    return this;
  }

  setAttributes(attributes: unknown): this {
    this.#around?.setAttributes(attributes);
    return this;
  }

  addEvent(name: string, ...more: readonly unknown[]): this {
    this.#around?.addEvent(name, ...more);
    return this;
  }

  addLink(link: unknown): this {
    this.#around?.addLink(link);
    return this;
  }

  addLinks(links: unknown): this {
    this.#around?.addLinks(links);
    return this;
  }

  setStatus(status: unknown): this {
    this.#around?.setStatus(status);
    return this;
  }

  updateName(name: string): this {
    this.#around?.updateName(name);
    return this;
  }

  recordException(exception: unknown, time?: unknown): void {
    this.#around?.recordException(exception, time);
  }

  end(): void {}
}

/** In the trace of the span around it keeps what was decided there; in another, what was decided for that; else it is sampled. */
function contextOf(
  { traceId, spanId, sampled = true }: SpanContext,
  around: OtelSpanContext | undefined,
): OtelSpanContext {
  if (around?.traceId !== traceId) return { traceId, spanId, traceFlags: sampled ? isSampled : 0 };
  const { traceFlags, traceState } = around;
  return { traceId, spanId, traceFlags, ...(traceState ? { traceState } : {}) };
}
