import { addUsage, type JsonValue, type Span, unknownUsage, type Usage } from "@spoor/core";
import type { ObservedRun } from "./run.ts";
import type { GivenAnswer } from "./scripted-answer.ts";

/** A line a span: where it lies, how it ended, what caused it, and of a turn what was asked and answered. In the order of their names. */
export const outlineOf = ({ sessions, valueOf }: ObservedRun): readonly string[] =>
  sessions.flatMap(({ spans }) => {
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const turns = spans.filter(({ kind }) => kind === "turn");
    const nameOf = (span: Span): string => {
      if (span.kind === "model") return span.key;
      return span.kind === "turn" ? `turn ${turns.indexOf(span)}` : span.name;
    };
    const placeOf = (span: Span): string => {
      const parent = span.parentSpanId && byId.get(span.parentSpanId);
      return parent ? `${placeOf(parent)} > ${nameOf(span)}` : nameOf(span);
    };
    const lineOf = (span: Span): string => {
      const cause = span.causedBy && byId.get(span.causedBy);
      const words = [span.input, span.output].map((held) => beginningOf(valueOf(held)));
      const said = span.kind === "turn" ? `: ${words.join(" → ")}` : "";
      return `${placeOf(span)} ${span.errorType ?? span.status}${said}${cause ? ` ← ${nameOf(cause)}` : ""}`;
    };
    return spans.map(lineOf).toSorted();
  });

const beginningOf = (value: JsonValue | undefined): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
  return text.split("\n", 1)[0] ?? "";
};

const total = (usages: readonly (Usage | null)[]): Usage =>
  usages.reduce<Usage>((sum, usage) => addUsage(sum, usage ?? unknownUsage), unknownUsage);

/** What the API said that was used. */
export const usedBy = (given: readonly GivenAnswer[]): Usage =>
  total(
    given.map(({ usage }) => ({
      input: usage.input_tokens,
      cacheRead: usage.cache_read_input_tokens,
      cacheWrite: usage.cache_creation_input_tokens,
      output: usage.output_tokens,
      reasoning: null,
    })),
  );

/** What was used by the record: by the calls that were seen, and beyond them. */
export function usedIn({ sessions }: ObservedRun): Usage {
  const spans = sessions.flatMap((session) => session.spans);
  const sum = total([
    ...spans.map(({ usage }) => usage),
    ...spans.map(({ unattributed }) => unattributed),
  ]);
  const { input, cacheRead, cacheWrite, output } = sum;
  return { input, cacheRead, cacheWrite, output, reasoning: null };
}
