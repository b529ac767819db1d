import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type CrewRecording, crewRecording } from "../recorder/crew-recording.fixture.ts";
import { mastraExporter } from "./exporter.ts";
import type { MastraEvent } from "./native.ts";

const recorded = readFileSync(new URL("fixtures/runs.ndjson", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as MastraEvent);

async function replayed(events: readonly MastraEvent[]): Promise<CrewRecording> {
  const recording = crewRecording();
  const exporter = mastraExporter(recording.observer);
  for (const event of events) await exporter.onTracingEvent(event);
  return recording;
}

/** As one conversation, which is what a thread makes of them. */
const inThread = recorded.map(({ type, exportedSpan }) => ({
  type,
  exportedSpan: { ...exportedSpan, metadata: { threadId: "thread-1" } },
}));

test("a trace is a turn of its thread: agents, calls, and tools with the call that asked for them", async () => {
  const { tree } = await replayed(inThread);
  expect(`\n${(await tree()).join("\n")}\n`).toMatchInlineSnapshot(`
    "
    turn 0 desk          ok     300 in   6% cached  30 out
    │  » How heavy is the owl?
    ╰─ agent desk        ok
       ├─ model small-1  ok     100 in  10% cached  10 out
       ├─ tool weigh     ok
       ╰─ model small-1  ok     200 in   5% cached  20 out
       « {"text":"3 kg","files":[]}

    turn 1 desk          error    ? in               ? out
    │  » And the wren?
    ╰─ agent desk        error                              Error: the model is unwell
       ╰─ model small-1  error    ? in               ? out  error
    "
  `);
});

test("tokens are those of the calls, once, and an error is told once", async () => {
  const [report] = await (await replayed(inThread)).reports();
  expect(report?.session).toMatchObject({
    errors: 1,
    usage: { input: 280, cacheRead: 20, output: 30 },
  });
});

test("a call has the messages that it was sent", async () => {
  const recording = await replayed(inThread);
  const [first] = (await recording.spans()).filter(({ kind }) => kind === "model");
  expect(JSON.stringify(first?.input && recording.valueOf(first.input))).toContain(
    "How heavy is the owl?",
  );
});

test("without a thread each trace is a session of its own, inferred, and what has not ended is open", async () => {
  const reports = await (await replayed(recorded.slice(0, -1))).reports();
  expect(reports.map(({ session }) => [session.inferred, session.status])).toEqual([
    [true, "ok"],
    [true, "open"],
  ]);
});
