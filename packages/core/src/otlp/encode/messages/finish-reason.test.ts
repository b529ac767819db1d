import { expect, test } from "vitest";
import type { Span } from "../../../run-tree/span.ts";
import { encodeSpan } from "../encode.ts";
import { type Dialect, dialects } from "../encoding.ts";
import { exampleContent, exampleSpan, held } from "../example-span.ts";
import { attributesIn } from "../read-back.ts";
import { finishReasonOf } from "./finish-reason.ts";

test.each([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["STOP", "stop"],
  ["max_tokens", "length"],
  ["MAX_TOKENS", "length"],
  ["tool_use", "tool_call"],
  ["tool-calls", "tool_call"],
  ["SAFETY", "content_filter"],
  ["refusal", "content_filter"],
  ["compaction", "compaction"],
])("%s is the conventions' %s", (finishReason, word) => {
  expect(finishReasonOf(exampleSpan({ finishReason }))).toBe(word);
});

test("what the conventions have no word for stays the provider's own", () => {
  expect(finishReasonOf(exampleSpan({ finishReason: "pause_turn" }))).toBe("pause_turn");
  expect(finishReasonOf(exampleSpan({ finishReason: "MALFORMED_CALL" }))).toBe("MALFORMED_CALL");
});

test("of what nobody said, only that a call failed is known", () => {
  expect(finishReasonOf(exampleSpan({ status: "error" }))).toBe("error");
  expect(finishReasonOf(exampleSpan({ status: "cancelled" }))).toBe("unknown");
});

const answersOf = (known: Partial<Span>, dialect: Dialect): unknown => {
  const span = exampleSpan({ output: held("hi"), ...known });
  const { attributes } = encodeSpan(span, { content: exampleContent, dialect });
  return JSON.parse(String(attributesIn(attributes)["gen_ai.output.messages"]));
};

test.each(dialects)("%s tells it in each message that a model answered", (dialect) => {
  const said = { role: "assistant", parts: [{ type: "text", content: "hi" }] };
  expect(answersOf({ kind: "model", finishReason: "end_turn" }, dialect)).toEqual([
    { ...said, finish_reason: "stop" },
  ]);
  expect(answersOf({ kind: "model" }, dialect)).toEqual([{ ...said, finish_reason: "unknown" }]);
});

test("what a turn or an agent answered has no such reason: it was a model that stopped", () => {
  for (const kind of ["turn", "agent", "workflow"] as const)
    expect(answersOf({ kind, finishReason: "stop" }, "latest")).toEqual([
      { role: "assistant", parts: [{ type: "text", content: "hi" }] },
    ]);
});
