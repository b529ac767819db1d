import type { Adapter, EventDraft } from "@spoor/core";
import { foldOf, recordAll } from "@spoor/testing";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draftsBy, linesOf, ofType } from "./fixtures.ts";
import { claudeCode } from "./stream/adapter.ts";
import { claudeTranscript } from "./transcript/adapter.ts";

const oneOf = (words: string): fc.Arbitrary<string> => fc.constantFrom(...words.split(" "));

/** Lines that look right from afar: the real names, with anything at all behind them. */
function shaped(types: string, subtypes: string, names: string): fc.Arbitrary<object> {
  const words = oneOf(
    "a b completed compacting tool_use tool_result thinking image base64 local_agent message_start message_delta end_turn manual auto " +
      "<synthetic> Agent queued_command max_turns_reached 2026-11-21T03:22:09.133Z",
  );
  const { anything } = fc.letrec((tie) => ({
    anything: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      words,
      fc.jsonValue({ maxDepth: 1 }),
      fc.array(tie("anything"), { maxLength: 3 }),
      fc.dictionary(oneOf(`${names} __proto__`), tie("anything"), { maxKeys: 8 }),
    ),
  }));
  return fc
    .tuple(
      oneOf(types),
      oneOf(subtypes),
      fc.boolean(),
      fc.dictionary(oneOf(names), anything, { maxKeys: 12 }),
    )
    .map(([type, subtype, isSystem, fields]) => ({
      session_id: "s",
      sessionId: "s",
      ...fields,
      type: isSystem ? "system" : type,
      subtype,
    }));
}

const common =
  "type subtype uuid timestamp message content id model usage role source data is_error tool_use_id origin prompt status result name input " +
  "stop_reason input_tokens output_tokens text";

interface Subject {
  readonly source: "stream" | "transcript";
  readonly adapter: Adapter<unknown>;
  readonly line: fc.Arbitrary<object>;
}

const subjects: readonly Subject[] = [
  {
    source: "stream",
    adapter: claudeCode,
    line: shaped(
      "assistant user result stream_event conversation_reset thrown new",
      "init status compact_boundary task_started task_updated task_notification permission_denied api_retry model_fallback thinking_tokens new",
      `${common} session_id parent_tool_use_id tool_result_meta tool_use_result task_id task_type patch end_time event delta api_message_id ` +
        "modelUsage model_usage_since_last_result errors terminal_reason isReplay isSynthetic aborted agent_id run_id local_command_run #thrown",
    ),
  },
  {
    source: "transcript",
    adapter: claudeTranscript,
    line: shaped(
      "assistant user attachment api-request cost-state summary agent_metadata queue-operation new",
      "api_error compact_boundary informational local_command stop_hook_summary turn_duration new",
      `${common} sessionId requestSessionId requestRef agentId isSidechain parentUuid toolUseResult toolUseId agentType permissionDecision ` +
        "promptId isMeta isCompactSummary isApiErrorMessage isAbortedMidStream attachment compactMetadata commandRun error trigger agent_id",
    ),
  },
];

const keyOf = (draft: EventDraft): string =>
  JSON.stringify([
    draft.session,
    draft.type,
    "key" in draft ? draft.key : draft.on,
    "mark" in draft ? draft.mark : null,
  ]);

describe.each(subjects)("whatever a $source holds", ({ source, adapter, line }) => {
  test("nothing makes it throw, every draft can be recorded, and it is always the same", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.jsonValue()), { maxLength: 12 }), (lines) => {
        const drafts = draftsBy(
          adapter,
          lines.map((each) => JSON.stringify(each)),
        );
        expect(recordAll(drafts).recorder.health()).toMatchObject({ refused: 0 });
        const again = draftsBy(
          adapter,
          lines.map((each) => JSON.stringify(each)),
        );
        expect(JSON.stringify(again)).toBe(JSON.stringify(drafts));
      }),
      { numRuns: 400 },
    );
  });

  test("a prefix of it is the beginning of it", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.nat(), (lines, cut) => {
        const texts = lines.map((each) => JSON.stringify(each));
        const whole = draftsBy(adapter, texts);
        const part = draftsBy(adapter, texts.slice(0, cut % (texts.length + 1)));
        expect(JSON.stringify(part)).toBe(JSON.stringify(whole.slice(0, part.length)));
      }),
      { numRuns: 200 },
    );
  });

  test("text that is no line of it is none of ours", () => {
    fc.assert(
      fc.property(fc.string(), (garbage) => {
        expect(adapter.parse(`${garbage}{`)).toBeNull();
      }),
    );
    for (const text of ["", "null", "[]", "7", "{}", '{"type":1}', '{"type":""}']) {
      expect(adapter.parse(text)).toBeNull();
    }
  });

  test("its last line may be torn: what came before it stands", () => {
    const lines = linesOf("e3-subagent-background", source);
    const last = lines.at(-1) ?? "";
    const before = draftsBy(adapter, lines.slice(0, -1));
    for (let cut = 0; cut < last.length; cut += 97) {
      expect(adapter.parse(last.slice(0, cut))).toBeNull();
      expect(draftsBy(adapter, [...lines.slice(0, -1), last.slice(0, cut)])).toEqual(before);
    }
  });

  test("a kind of line that nobody has taught it is noted by its name, unknown, and nothing else changes", () => {
    const lines = linesOf("b-tool-loop", source);
    const { session_id: session, sessionId = session } = Object.assign(
      {},
      ...lines.map((each) => JSON.parse(each)),
    );
    const strange = JSON.stringify({
      type: "from the future",
      uuid: "strange",
      session_id: sessionId,
      sessionId,
      level: "info",
      secret: "a later version may write anything",
    });
    const native = adapter.parse(strange);
    expect(native !== null && adapter.knows(native)).toBe(false);
    const whole = draftsBy(adapter, lines);
    const drafts = draftsBy(adapter, lines.toSpliced(8, 0, strange));
    const notes = ofType(drafts, "native.noted").filter(({ name }) => name === "from the future");
    expect(notes).toHaveLength(1);
    expect(notes[0]?.native).toEqual({
      level: "info",
      left_out: expect.arrayContaining(["secret"]),
    });
    expect(new Set(drafts.filter((draft) => draft !== notes[0]).map(keyOf))).toEqual(
      new Set(whole.map(keyOf)),
    );
  });

  test("a line of ten megabytes is a line", () => {
    const huge = "x".repeat(10_000_000);
    const lines = linesOf("b-tool-loop", source).map((each) =>
      each.includes('"tool_result"')
        ? each.replace(/"content":"(?:[^"\\]|\\.)*"/, `"content":"${huge}"`)
        : each,
    );
    const ends = ofType(draftsBy(adapter, lines), "tool.ended");
    expect(ends.some(({ output }) => output === huge)).toBe(true);
  });
});

/** Who says a line: in the stream the subagent's spawner, in the files the subagent. */
const speakerOf = (line: string): string => {
  const { parent_tool_use_id: spawner, agentId } = JSON.parse(line);
  return spawner ?? agentId ?? "the conversation";
};

/** Each with what it hangs on. */
const spansOf = (adapter: Adapter<unknown>, lines: readonly string[]): ReadonlySet<string> => {
  const tree = foldOf(recordAll(draftsBy(adapter, lines)).events);
  const spans = tree.sessions().flatMap((id) => tree.session(id)?.spans ?? []);
  return new Set(
    spans.map(({ key, parentSpanId, status, usage }) =>
      JSON.stringify([key, parentSpanId, status, usage]),
    ),
  );
};

describe("lanes that interleave", () => {
  test.each(subjects)("say the same in a $source however they do", ({ source, adapter }) => {
    const lines = linesOf("e2-subagents-parallel", source);
    // A stream is opened by its init and closed by its result; files have neither.
    const [head, tail] = source === "stream" ? [1, -1] : [0, lines.length];
    const lanes = [...Map.groupBy(lines.slice(head, tail), speakerOf).values()];
    const whole = spansOf(adapter, lines);
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), (lots) => {
        const mixed = [...lines.slice(0, head), ...drawn(lanes, lots), ...lines.slice(tail)];
        expect(mixed).toHaveLength(lines.length);
        expect(spansOf(adapter, mixed)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });
});

/** One story of several: each in its own order, the next always by lot. */
function drawn<Item>(
  stories: readonly (readonly Item[])[],
  lots: readonly number[],
): readonly Item[] {
  const rest = stories.map((story) => [...story]);
  const told: Item[] = [];
  for (let draw = 0; rest.some((story) => story.length > 0); draw += 1) {
    const open = rest.filter((story) => story.length > 0);
    const chosen = open[(lots[draw % lots.length] ?? 0) % open.length];
    told.push(...(chosen?.splice(0, 1) ?? []));
  }
  return told;
}
