/**
 * What is used of OpenTelemetry's API 1.x, by its shape: all copies of it in a process, of whatever minor version and SDK line, share these
 * objects, so none of them has to be imported or passed.
 */
export interface OtelSpanContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
  readonly traceState?: { serialize(): string } | undefined;
}

export interface OtelSpan {
  spanContext(): OtelSpanContext;
  isRecording(): boolean;
  setAttribute(name: string, value: unknown): unknown;
  setAttributes(attributes: unknown): unknown;
  addEvent(name: string, ...more: readonly unknown[]): unknown;
  addLink(link: unknown): unknown;
  addLinks(links: unknown): unknown;
  setStatus(status: unknown): unknown;
  updateName(name: string): unknown;
  recordException(exception: unknown, time?: unknown): void;
  end(time?: unknown): void;
}

/** Never changed: setting a value gives another one. */
export interface OtelContext {
  getValue(key: symbol): unknown;
  setValue(key: symbol, value: unknown): OtelContext;
}

export interface OtelContextManager {
  active(): OtelContext;
  with<Given extends unknown[], Result>(
    context: OtelContext,
    body: (...given: Given) => Result,
    thisArgument?: unknown,
    ...given: Given
  ): Result;
  bind<Target>(context: OtelContext | undefined, target: Target): Target;
  enable(): this;
  disable(): this;
  /** Since API 1.10, and not every manager has it. */
  attach?(context: OtelContext): { dispose(): void };
}

/** Where whoever sets OpenTelemetry up registers it, once a process. */
export interface OtelRegistry {
  context?: OtelContextManager;
}

export const registryKey: unique symbol = Symbol.for("opentelemetry.js.api.1");
const spanKey = Symbol.for("OpenTelemetry Context Key SPAN");

/** Null where no OpenTelemetry is set up, and where the application's own manager throws. */
export function activeContext(): OtelContext | null {
  try {
    const registry = (globalThis as { readonly [registryKey]?: OtelRegistry })[registryKey];
    return registry?.context?.active() ?? null;
  } catch {
    return null;
  }
}

export function spanIn(context: OtelContext): OtelSpan | null {
  return (context.getValue(spanKey) as OtelSpan | undefined) ?? null;
}

export function withSpan(context: OtelContext, span: OtelSpan): OtelContext {
  return context.setValue(spanKey, span);
}
