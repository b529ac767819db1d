import type { SpanContext } from "../../vocabulary/carrier.ts";

/** Knows in which piece of recorded work the code runs that asks: an observer, of its own scopes; the handler of an adapter. */
export interface CurrentSpan {
  /** Null outside of all work that it records. Synchronous. */
  readonly currentSpan: () => SpanContext | null;
}

/** What throws knows nothing. */
export function currentSpans(knowing: readonly CurrentSpan[]): readonly SpanContext[] {
  return knowing.flatMap((one) => {
    try {
      return one.currentSpan() ?? [];
    } catch {
      return [];
    }
  });
}
