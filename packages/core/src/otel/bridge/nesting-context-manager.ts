import { type CurrentSpan, currentSpans, withModelCall } from "./current-span.ts";
import { madeActiveIn, recordedWithin } from "./nearest.ts";
import { type OtelContext, type OtelContextManager, spanIn, withSpan } from "./open-telemetry.ts";
import { RecordedSpan } from "./recorded-span.ts";
import type { SpanContext } from "../../vocabulary/carrier.ts";

interface Nested {
  readonly within: OtelContext;
  readonly context: OtelContext;
}

/**
 * The application's own context manager, in which recorded work is active where it runs. A span that the application starts inside such work, and
 * makes active, is nearer to what it does inside than the work is. Baggage, suppression and all else in a context stay.
 */
export class NestingContextManager implements OtelContextManager {
  readonly inner: OtelContextManager;
  readonly attach?: (context: OtelContext) => { dispose(): void };
  readonly #knowing: readonly CurrentSpan[];
  /** What was given last in each piece of work: instrumentation asks again and again. */
  readonly #nested: WeakMap<SpanContext, Nested> = new WeakMap();
  #nests = true;

  constructor(inner: OtelContextManager, knowing: readonly CurrentSpan[]) {
    this.inner = inner;
    this.#knowing = knowing;
    if (inner.attach) this.attach = (context) => this.#attach(context);
  }

  /** From now on it is the application's context manager and nothing else. */
  stop(): void {
    this.#nests = false;
  }

  active(): OtelContext {
    const active = this.inner.active();
    if (!this.#nests) return active;
    const recorded = recordedWithin(active, currentSpans(this.#knowing));
    if (recorded === null) return active;
    return this.#nestedIn(active, withModelCall(recorded, this.#knowing));
  }

  #nestedIn(within: OtelContext, recorded: SpanContext): OtelContext {
    const known = this.#nested.get(recorded);
    if (known?.within === within) return known.context;
    const context = withSpan(within, new RecordedSpan(recorded, spanIn(within)));
    this.#nested.set(recorded, { within, context });
    return context;
  }

  with<Given extends unknown[], Result>(
    context: OtelContext,
    body: (...given: Given) => Result,
    thisArgument?: unknown,
    ...given: Given
  ): Result {
    return this.inner.with(this.#madeActive(context), body, thisArgument, ...given);
  }

  /** A function makes the context active when it is called, and what is recorded then counts. An event emitter is the inner manager's to change. */
  bind<Target>(context: OtelContext | undefined, target: Target): Target {
    const bound = context ?? this.active();
    return typeof target === "function"
      ? (this.#bindFunction(bound, target as never) as Target)
      : this.inner.bind(this.#madeActive(bound), target);
  }

  #bindFunction<This, Given extends unknown[], Result>(
    context: OtelContext,
    target: (this: This, ...given: Given) => Result,
  ): (this: This, ...given: Given) => Result {
    const makeActive = (body: () => Result): Result => this.with(context, body);
    const bound = function (this: This, ...given: Given): Result {
      return makeActive(() => target.apply(this, given));
    };
    return Object.defineProperty(bound, "length", { value: target.length });
  }

  enable(): this {
    this.inner.enable();
    return this;
  }

  disable(): this {
    this.inner.disable();
    return this;
  }

  #attach(context: OtelContext): { dispose(): void } {
    return this.inner.attach?.(this.#madeActive(context)) ?? { dispose: () => {} };
  }

  /** Some callers pass no context at all. */
  #madeActive(context: OtelContext | undefined | null): OtelContext {
    if (!this.#nests || !context) return context as OtelContext;
    return madeActiveIn(context, currentSpans(this.#knowing));
  }
}
