import type { SpanContext } from "../../vocabulary/carrier.ts";

/** Knows in which piece of recorded work the code runs that asks: an observer, of its own scopes; the handler of an adapter. */
export interface CurrentSpan {
  /** Null outside of all work that it records. Synchronous. */
  readonly currentSpan: () => SpanContext | null;
  /** The call to a model that is under way right in a span, where there is exactly one: what the model's own code stands in, as far as can be told. */
  readonly modelCallIn?: (span: SpanContext) => SpanContext | null;
}

/** In the order of who knows them. */
export function currentSpans(knowing: readonly CurrentSpan[]): readonly SpanContext[] {
  return answers(knowing, (one) => one.currentSpan());
}

/** The span itself where it is not known to wait for one model. */
export function withModelCall(span: SpanContext, knowing: readonly CurrentSpan[]): SpanContext {
  const [call = span] = answers(knowing, (one) => one.modelCallIn?.(span) ?? null);
  return call;
}

/** Who throws knows nothing. */
function answers(
  knowing: readonly CurrentSpan[],
  ask: (one: CurrentSpan) => SpanContext | null,
): readonly SpanContext[] {
  const given: SpanContext[] = [];
  for (const one of knowing) {
    try {
      const answer = ask(one);
      if (answer) given.push(answer);
    } catch {
      continue;
    }
  }
  return given;
}
