import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claudeCode } from "./adapter.ts";
import { draftsOf, recording, scenarios } from "./fixtures.ts";

test("the recordings are all here", () => {
  expect(scenarios).toHaveLength(12);
});

describe.each(scenarios)("%s", (scenario) => {
  const lines = recording(scenario);
  const whole = draftsOf(lines);

  test("a prefix gives what the whole gives again, byte for byte", () => {
    for (let cut = 0; cut <= lines.length; cut += 1) {
      const part = draftsOf(lines.slice(0, cut));
      expect(JSON.stringify(part)).toBe(JSON.stringify(whole.slice(0, part.length)));
    }
  });

  test("another translator says the same", () => {
    expect(draftsOf(lines)).toEqual(whole);
  });

  test("each line is left as it was", () => {
    const translator = claudeCode.createTranslator();
    const before = JSON.stringify(lines);
    for (const line of lines) translator.translate(line);
    expect(JSON.stringify(lines)).toBe(before);
  });

  test("no two drafts of a key say the same thing twice", () => {
    const said = whole.map((draft) =>
      JSON.stringify([
        draft.session,
        draft.type,
        "key" in draft ? draft.key : draft.on,
        "mark" in draft ? draft.mark : null,
      ]),
    );
    expect(new Set(said).size).toBe(said.length);
  });

  test("what ends has started, and every parent is something that was told of", () => {
    const started = new Set<string>();
    for (const draft of whole) {
      if ("outcome" in draft) expect(started).toContain(draft.key);
      if (!("key" in draft) || "outcome" in draft) continue;
      started.add(draft.key);
      if (typeof draft.parent === "string") expect(started).toContain(draft.parent);
    }
  });

  test("every kind of line is known", () => {
    expect(lines.filter((line) => !claudeCode.knows(line))).toEqual([]);
  });
});

/** Lines that look right from afar: the real names, with anything at all behind them. */
const oneOf = (words: string): fc.Arbitrary<string> => fc.constantFrom(...words.split(" "));
const names = oneOf(
  "type subtype uuid session_id timestamp message content id model usage role source data is_error " +
    "parent_tool_use_id tool_use_id tool_result_meta tool_use_result task_id task_type patch status " +
    "end_time event delta api_message_id modelUsage model_usage_since_last_result errors result " +
    "terminal_reason isReplay origin aborted #thrown __proto__",
);
const words = oneOf(
  "a b completed compacting tool_use tool_result thinking image base64 local_agent message_start " +
    "message_delta 2026-11-21T03:22:09.133Z",
);
const types = oneOf("assistant user result stream_event conversation_reset thrown new");
const subtypes = oneOf(
  "init status compact_boundary task_started task_updated task_notification permission_denied " +
    "api_retry thinking_tokens new",
);
const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    words,
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie("anything"), { maxLength: 3 }),
    fc.dictionary(names, tie("anything"), { maxKeys: 8 }),
  ),
}));
const shaped = fc
  .tuple(types, subtypes, fc.boolean(), fc.dictionary(names, anything))
  .map(([type, subtype, isSystem, fields]) => ({
    session_id: "s",
    ...fields,
    type: isSystem ? "system" : type,
    subtype,
  }));

test("what a line has told is known, even if nobody reads what it gave", () => {
  const lines = recording("b-tool-loop");
  const translator = claudeCode.createTranslator();
  for (const line of lines.slice(0, -1)) translator.translate(line);
  const last = lines.slice(-1).flatMap((line) => [...translator.translate(line)]);
  expect(last).toEqual(draftsOf(lines).slice(-last.length));
});

test("no line makes it throw, whatever it holds, and what it says of them is always the same", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(shaped, fc.jsonValue(), anything), { maxLength: 12 }),
      (lines) => {
        const drafts = draftsOf(lines);
        expect(JSON.stringify(draftsOf(lines))).toBe(JSON.stringify(drafts));
      },
    ),
    { numRuns: 500 },
  );
});

test("text that is no line of the stream is none of ours", () => {
  fc.assert(
    fc.property(fc.string(), (garbage) => {
      expect(claudeCode.parse(`${garbage}{`)).toBeNull();
    }),
  );
  for (const line of ["", "null", "[]", "7", "{}", '{"type":1}', '{"type":""}']) {
    expect(claudeCode.parse(line)).toBeNull();
  }
});
