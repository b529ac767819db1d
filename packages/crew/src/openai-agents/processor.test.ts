import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type CrewRecording, crewRecording } from "../recorder/crew-recording.fixture.ts";
import type { AgentsSpan, AgentsTrace } from "./native.ts";
import { openaiAgentsProcessor } from "./processor.ts";

type Told =
  | ({ readonly at: "traceStart" } & AgentsTrace)
  | ({ readonly at: "traceEnd" } & AgentsTrace)
  | ({ readonly at: "spanStart" } & AgentsSpan)
  | ({ readonly at: "spanEnd" } & AgentsSpan);

const recorded = readFileSync(new URL("fixtures/runs.ndjson", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Told);

async function replayed(run: readonly Told[]): Promise<CrewRecording> {
  const recording = crewRecording();
  const processor = openaiAgentsProcessor(recording.observer);
  for (const told of run) {
    switch (told.at) {
      case "traceStart":
        await processor.onTraceStart(told);
        break;
      case "traceEnd":
        await processor.onTraceEnd(told);
        break;
      case "spanStart":
        await processor.onSpanStart(told);
        break;
      default:
        await processor.onSpanEnd(told);
    }
  }
  return recording;
}

test("a run is a turn of its group: agents, their turns, calls, tools, handoffs and guardrails", async () => {
  const { tree } = await replayed(recorded);
  expect(`\n${(await tree()).join("\n")}\n`).toMatchInlineSnapshot(`
    "
    turn 0 zoo                    ok     600 in   5% cached  60 out
    ╰─ workflow zoo               ok
       ├─ agent desk              ok
       │  ├─ step turn 1          ok
       │  │  ├─ model generation  ok     100 in  10% cached  10 out  small-1
       │  │  ├─ tool weigh        ok
       │  │  ╰─ tool broken       error                              Error: Tool execution failed. Error details are redacted.
       │  ├─ guardrail polite     ok
       │  │     · score.given  name polite  value true
       │  ╰─ step turn 2          ok
       │     ╰─ model generation  ok     200 in   5% cached  20 out  small-1
       │        · handoff.made  writer
       ╰─ agent writer            ok
          ╰─ step turn 3          ok
             ╰─ model generation  ok     300 in   3% cached  30 out  small-1

    turn 1 zoo                    error    ? in               ? out
    ╰─ workflow zoo               error
       ╰─ agent sick              error
          ╰─ step turn 1          error
             ╰─ model generation  error    ? in               ? out  small-1  Error: the model is unwell
    "
  `);
});

test("tokens are those of the calls: the totals of turns and tasks are not added to them", async () => {
  const [report] = await (await replayed(recorded)).reports();
  expect(report?.session).toMatchObject({
    usage: { input: 570, cacheRead: 30, output: 60 },
    unattributed: null,
  });
});

test("an error is told once, where it happened", async () => {
  const [report] = await (await replayed(recorded)).reports();
  expect(report?.turns.map(({ status }) => status)).toEqual(["ok", "error"]);
  const told = report?.turns[1]?.spans.filter(({ error }) => error !== null) ?? [];
  expect(told.map(({ kind, error }) => [kind, error?.message])).toEqual([
    ["model", "the model is unwell"],
  ]);
});

test("a trace without a group is a session of its own, inferred", async () => {
  const alone = recorded.map((told) => ("groupId" in told ? { ...told, groupId: null } : told));
  const reports = await (await replayed(alone)).reports();
  expect(reports.map(({ session }) => session.inferred)).toEqual([true, true]);
});

test("what has not ended is open", async () => {
  const [report] = await (await replayed(recorded.slice(0, 7))).reports();
  const open = report?.turns[0]?.spans.filter(({ status }) => status === "open") ?? [];
  expect(open.map(({ kind }) => kind)).toEqual(["turn", "workflow", "agent", "step", "model"]);
});

test("a call of the Responses API says its model, its tokens and what it was asked when it ends", async () => {
  const call = recorded.find(
    (told) => told.at === "spanEnd" && told.spanData.type === "generation",
  );
  const response = {
    ...call,
    spanData: {
      type: "response",
      response_id: "resp_1",
      _input: [{ role: "user", content: "hi" }],
      _response: {
        model: "small-2",
        output: ["hello"],
        usage: {
          input_tokens: 100,
          input_tokens_details: { cached_tokens: 60 },
          output_tokens: 20,
          output_tokens_details: { reasoning_tokens: 5 },
        },
      },
    },
  } as unknown as Told;
  const started = recorded.slice(0, 1);
  const { spans } = await replayed([
    ...started,
    { ...response, at: "spanStart" } as Told,
    response,
  ]);
  const model = (await spans()).find(({ kind }) => kind === "model");
  expect(model).toMatchObject({
    model: "small-2",
    responseId: "resp_1",
    usage: { input: 40, cacheRead: 60, output: 20, reasoning: 5 },
  });
  expect(model?.input).not.toBeNull();
});
