import type { CurrentSpan } from "./current-span.ts";
import { NestingContextManager } from "./nesting-context-manager.ts";
import { eachSet } from "./each-set.ts";
import { onceSet } from "./once-set.ts";
import { type OtelContextManager, type OtelRegistry, registryKey } from "./open-telemetry.ts";

/**
 * Makes the spans that the application's own OpenTelemetry starts inside recorded work children of that work. Before or after the SDK is
 * started, and started anew: it wraps each context manager that is registered, and as long as none is, nothing happens. Where several know of work around the same
 * code, and nothing of the application's came between, the first that was given has the word: what runs inside others comes first. Returns how
 * to undo it. Throws at once for what cannot know.
 */
export function bridgeOpenTelemetry(
  first: CurrentSpan,
  ...more: readonly CurrentSpan[]
): () => void {
  const knowing = [first, ...more];
  if (!knowing.every(isCurrentSpan))
    throw new TypeError(
      "bridgeOpenTelemetry needs what knows where recorded work runs: pass an observer, or the handler of an adapter",
    );
  let isUndone = false;
  let undo: (() => void) | null = null;
  let stop: (() => void) | null = null;
  onceSet(globalThis as { [registryKey]?: OtelRegistry }, registryKey, (registry) => {
    if (isUndone) return;
    stop = eachSet<"context", OtelContextManager>(registry, "context", () => {
      undo?.();
      undo = nest(registry, knowing);
    });
  });
  return () => {
    isUndone = true;
    stop?.();
    undo?.();
  };
}

function isCurrentSpan(given: CurrentSpan | null | undefined): boolean {
  return typeof given?.currentSpan === "function";
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
