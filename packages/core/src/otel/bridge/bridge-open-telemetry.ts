import type { CurrentSpan } from "./current-span.ts";
import { NestingContextManager } from "./nesting-context-manager.ts";
import { onceSet } from "./once-set.ts";
import { type OtelContextManager, type OtelRegistry, registryKey } from "./open-telemetry.ts";

/**
 * Makes the spans that the application's own OpenTelemetry starts inside recorded work children of that work. Before or after the SDK is
 * started: it wraps the context manager that is registered, and as long as none is, nothing happens. Where several know of work around the same
 * code, and nothing of the application's came between, the first that was given has the word: what runs inside others comes first. Returns how
 * to undo it.
 */
export function bridgeOpenTelemetry(...knowing: readonly CurrentSpan[]): () => void {
  let isUndone = false;
  let undo: (() => void) | null = null;
  onceSet(globalThis as { [registryKey]?: OtelRegistry }, registryKey, (registry) => {
    onceSet<"context", OtelContextManager>(registry, "context", () => {
      if (!isUndone) undo = nest(registry, knowing);
    });
  });
  return () => {
    isUndone = true;
    undo?.();
  };
}

/** Takes the place of the registered manager without disabling it, which would take their context from requests that are under way. */
function nest(registry: OtelRegistry, knowing: readonly CurrentSpan[]): () => void {
  if (!registry.context) return () => {};
  const nesting = new NestingContextManager(registry.context, knowing);
  registry.context = nesting;
  return () => {
    nesting.stop();
    if (registry.context === nesting) registry.context = nesting.inner;
  };
}
