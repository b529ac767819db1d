import type { Span } from "../run-tree/span.ts";

/** What holds for what says nothing of itself. Null: nothing does. */
export interface StandingLabels {
  readonly environment: string | null;
  readonly release: string | null;
}

/** What a span's own labels leave open is filled in. */
export function labelled(span: Span, { environment, release }: StandingLabels): Span {
  if (environment === null && release === null) return span;
  const { labels } = span;
  return {
    ...span,
    labels: {
      ...labels,
      environment: labels.environment ?? environment,
      release: labels.release ?? release,
    },
  };
}
