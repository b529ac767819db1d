import { expect, test } from "vitest";
import { listener, type Told } from "./a-library.fixture.ts";
import { type CrewRecording, crewRecording } from "./crew-recording.fixture.ts";

const runOf = (run: string): readonly Told[] => [
  { type: "run started", run, team: "blog team", ms: 1_000 },
  { type: "task started", run, task: "research", expected: "facts", ms: 1_010 },
  { type: "thought", run, task: "research", ms: 1_020 },
  { type: "task ended", run, task: "research", result: "three facts", ms: 1_030 },
  { type: "run ended", run, result: "a post", ms: 1_040 },
];

function recorded(tellings: readonly Told[]): CrewRecording {
  const recording = crewRecording();
  const hear = listener(recording.crews);
  for (const told of tellings) hear(told);
  return recording;
}

test("what a library tells by its ids is the same tree", async () => {
  const { tree } = recorded(runOf("1"));
  expect(await tree()).toEqual([
    "turn 0 blog team       ok  ? in  ? out",
    "╰─ workflow blog team  ok",
    "   ╰─ task research    ok",
    "      │  ≟ facts",
    "      │  « three facts",
    "      ╰─ model small   ok  ? in  ? out",
    "   « a post",
  ]);
});

const ms = (time: string | null): number => Date.parse(time ?? "");

test("the times are the library's own", async () => {
  const [report] = await recorded(runOf("1")).reports();
  const spans = report?.turns.flatMap((turn) => turn.spans) ?? [];
  expect(spans.map(({ kind, startedAt, endedAt }) => [kind, ms(startedAt), ms(endedAt)])).toEqual([
    ["turn", 1_000, 1_040],
    ["workflow", 1_000, 1_040],
    ["task", 1_010, 1_030],
    ["model", 1_020, 1_025],
  ]);
});

test("the same task in the next run of a conversation is one of its own, also where both are told at once", async () => {
  const [one, two] = [runOf("1"), runOf("2")];
  const interleaved = one.flatMap((told, place) => [told, two[place] ?? told]);
  const [report] = await recorded(interleaved).reports();
  expect(report?.turns.map(({ spans, output }) => [spans.length, output])).toEqual([
    [4, "a post"],
    [4, "a post"],
  ]);
});

test("another attempt at a task is a task of its own, and what follows is told of that one", async () => {
  const [started, task, thought, ended, over] = runOf("1") as [Told, Told, Told, Told, Told];
  const again: Told = { ...task, attempt: 2 } as Told;
  const refused: Told = { ...ended, result: "no facts" } as Told;
  const { tree } = recorded([started, task, refused, again, thought, ended, over]);
  expect((await tree()).slice(2, -1)).toEqual([
    "   ├─ task research    ok",
    "   │     ≟ facts",
    "   │     « no facts",
    "   ╰─ task research    ok               attempt 2",
    "      │  ≟ facts",
    "      │  « three facts",
    "      ╰─ model small   ok  ? in  ? out",
  ]);
});

test("what comes after the end of a task lies in it all the same, and a second end says nothing", async () => {
  const [started, task, thought, ended, over] = runOf("1") as [Told, Told, Told, Told, Told];
  const late: Told = { ...ended, result: "something else" } as Told;
  const { tree } = recorded([started, task, ended, thought, late, over]);
  expect(await tree()).toEqual(await recorded(runOf("1")).tree());
});

test("what is told twice is told once", async () => {
  const twice = runOf("1").flatMap((told): readonly Told[] =>
    told.type === "thought" ? [told] : [told, told],
  );
  expect(await recorded(twice).tree()).toEqual(await recorded(runOf("1")).tree());
});

test("a run of which nobody tells the end is open, with all that is open in it", async () => {
  const { tree } = recorded(runOf("1").slice(0, 2));
  expect((await tree()).slice(0, 3)).toEqual([
    "turn 0 blog team       open",
    "╰─ workflow blog team  open",
    "   ╰─ task research    open",
  ]);
});

test("a call of a model is found by its id, and what it used is told to it", async () => {
  const { crews, reports } = crewRecording();
  const crew = crews.kickoff("crew");
  crew.agent("writer").model("small", { id: "call-1" });
  const usage = { input: 7, cacheRead: null, cacheWrite: null, output: 3, reasoning: null };
  crew.findCall("call-1")?.usage(usage);
  crew.findCall("call-1")?.end("done");
  crew.task("no call", { id: "task-1" });
  expect([crew.findCall("task-1"), crew.findCall("call-2")]).toEqual([null, null]);
  const [report] = await reports();
  expect(report?.session.usage).toMatchObject({ input: 7, output: 3 });
});

test("what happens at a point in time stands at the time that was told", async () => {
  const { crews, reports } = crewRecording();
  const crew = crews.kickoff("crew");
  const moment = { at: { ms: 5_000 } };
  crew.handOff("writer", moment);
  crew.skip("translation", "nobody asked", moment);
  crew.askHuman("review", "good?", moment);
  crew.humanAnswered("review", "yes", moment);
  crew.guardrail("check").judge(true, undefined, moment);
  const [report] = await reports();
  expect(report?.turns[0]?.marks.map(({ type, at }) => [type, at])).toEqual(
    ["handoff.made", "decision.made", "interrupt.raised", "interrupt.resolved", "score.given"].map(
      (type) => [type, "1970-01-01T00:00:05.000Z"],
    ),
  );
});

test("a run that failed tells its error once, though its turn failed with it", async () => {
  const { crews, reports } = crewRecording();
  crews.kickoff("crew").fail(new RangeError("no answer"), { at: { ms: 9_000 } });
  const [report] = await reports();
  expect(report?.session.errors).toBe(1);
  expect(report?.turns[0]).toMatchObject({ status: "error", endedAt: "1970-01-01T00:00:09.000Z" });
});
