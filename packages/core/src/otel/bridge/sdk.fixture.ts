import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Context,
  context,
  type ContextManager,
  propagation,
  ROOT_CONTEXT,
  trace,
  type Tracer,
} from "@opentelemetry/api";
import { type ReadableSpan, type Sampler, TracerProvider } from "@opentelemetry/sdk-trace";

/** What an application with OpenTelemetry has, set up as its SDK does. */
export interface Sdk {
  readonly tracer: Tracer;
  /** In the order in which they ended. */
  readonly ended: ReadableSpan[];
  span(name: string): ReadableSpan;
}

export function startSdk(sampler?: Sampler): Sdk {
  const ended: ReadableSpan[] = [];
  const provider = new TracerProvider({
    ...(sampler ? { sampler } : {}),
    spanProcessors: [
      {
        onStart: () => {},
        onEnd: (span) => void ended.push(span),
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new StoredContextManager());
  return {
    tracer: provider.getTracer("application"),
    ended,
    span: (name) => {
      const found = ended.find((span) => span.name === name);
      if (!found) throw new Error(`no span ${name} has ended`);
      return found;
    },
  };
}

export function stopSdk(): void {
  context.disable();
  trace.disable();
  propagation.disable();
}

/** As `AsyncLocalStorageContextManager` of the SDK is, which is a package of its own; emitters are left alone. */
export class StoredContextManager implements ContextManager {
  readonly #stored: AsyncLocalStorage<Context> = new AsyncLocalStorage();

  active(): Context {
    return this.#stored.getStore() ?? ROOT_CONTEXT;
  }

  with<Given extends unknown[], Body extends (...given: Given) => ReturnType<Body>>(
    active: Context,
    body: Body,
    thisArgument?: ThisParameterType<Body>,
    ...given: Given
  ): ReturnType<Body> {
    return this.#stored.run(active, () => body.call(thisArgument, ...given));
  }

  bind<Target>(active: Context, target: Target): Target {
    if (typeof target !== "function") return target;
    const call = (given: unknown[]): unknown =>
      this.#stored.run(active, () => Reflect.apply(target, undefined, given));
    return ((...given: unknown[]) => call(given)) as Target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.#stored.disable();
    return this;
  }

  attach(active: Context): { dispose(): void } {
    const before = this.active();
    this.#stored.enterWith(active);
    return { dispose: () => this.#stored.enterWith(before) };
  }
}
