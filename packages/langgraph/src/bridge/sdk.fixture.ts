import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Context,
  context,
  type ContextManager,
  ROOT_CONTEXT,
  trace,
} from "@opentelemetry/api";
import type { Tracer } from "@opentelemetry/api";
import { type ReadableSpan, TracerProvider } from "@opentelemetry/sdk-trace";

/** What an application with OpenTelemetry has. */
export interface Sdk {
  readonly tracer: Tracer;
  readonly ended: ReadableSpan[];
}

export function startSdk(): Sdk {
  const ended: ReadableSpan[] = [];
  const processor = {
    onStart: () => {},
    onEnd: (span: ReadableSpan) => void ended.push(span),
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  const provider = new TracerProvider({ spanProcessors: [processor] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new StoredContextManager());
  return { tracer: provider.getTracer("application"), ended };
}

export function stopSdk(): void {
  context.disable();
  trace.disable();
}

/** As the SDK's own, which is a package of its own, as far as it is used here. */
class StoredContextManager implements ContextManager {
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

  bind<Target>(_active: Context, target: Target): Target {
    return target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.#stored.disable();
    return this;
  }
}
