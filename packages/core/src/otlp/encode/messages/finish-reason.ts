import type { Span } from "../../../run-tree/span.ts";

/** The conventions' words, and what providers and frameworks say that means the same. */
const meanings: Readonly<Record<string, string>> = {
  stop: "stop end_turn stop_sequence complete completed eos eos_token",
  length: "length max_tokens max_output_tokens model_context_window_exceeded",
  content_filter:
    "content_filter content_filtered refusal safety recitation blocklist prohibited_content spii guardrail_intervened",
  tool_call: "tool_call tool_calls tool_use function_call",
  compaction: "compaction",
  error: "error",
};

const conventionalWords: ReadonlyMap<string, string> = new Map(
  Object.entries(meanings).flatMap(([word, said]) =>
    said.split(" ").map((other): [string, string] => [other, word]),
  ),
);

/**
 * Why a model stopped, as its messages say it: in the conventions' word where one means the same, else in the provider's own. The conventions
 * deprecate it there in favour of the span's own attribute, but readers of older schemas drop an answer that lacks it; so what nobody said is
 * said to be unknown, and not left out.
 */
export function finishReasonOf({ finishReason, status }: Span): string {
  if (finishReason === null) return status === "error" ? "error" : "unknown";
  const word = finishReason.toLowerCase().replaceAll("-", "_");
  return conventionalWords.get(word) ?? finishReason;
}
