/** What is used of OpenTelemetry's API 1.x, by its shape, where whoever sets it up registers it. */
interface Context {
  setValue(key: symbol, value: unknown): Context;
}
interface Registry {
  readonly context?: {
    active(): Context;
    with<Result>(context: Context, body: () => Result): Result;
  };
}

const registryKey: unique symbol = Symbol.for("opentelemetry.js.api.1");
const suppressionKey = Symbol.for("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/**
 * Runs something of which the application's own OpenTelemetry makes no spans, as its exporters do: else each request that tells of an agent would be
 * a span itself, in the middle of whatever the agent was doing when it was due.
 */
export function untraced<Result>(body: () => Result): Result {
  const { [registryKey]: registry } = globalThis as { readonly [registryKey]?: Registry };
  const manager = registry?.context;
  return manager ? manager.with(manager.active().setValue(suppressionKey, true), body) : body();
}
