import { describe, expect, test } from "vitest";
import {
  eventsOf,
  linesOf,
  listenedTo,
  shapeOf,
  toldAmong,
  toldBy,
  truthOf,
} from "./recordings.fixture.ts";

const withSpans = [
  "a-sequential",
  "b-native-tool",
  "c-tool-raises",
  "f-guardrail-retry",
  "g3-500-fails",
  "h-async-tasks",
  "j-hierarchical",
  "o2-concurrent-async",
  "r-flow-crew",
];
const makers = ["native", "openinference", "openinference-listener", "openllmetry"];
const spansOf = (run: string, maker: string): readonly string[] =>
  linesOf(`otel/${run}.${maker}.spans.ndjson`);

describe.each(withSpans)("spans of %s", (run) => {
  test.each(makers)("by %s tell every token that the server counted", (maker) => {
    const { tokens, complete, refused } = toldBy(spansOf(run, maker));
    expect(tokens).toEqual(truthOf(`otel/${run}.${maker}`));
    expect(complete).toBe(run !== "g3-500-fails");
    expect(refused).toBeNull();
  });

  const events = linesOf(`otel/${run}.native.events.ndjson`);
  const native = spansOf(run, "native");
  const truth = truthOf(`otel/${run}.native`);

  test("by CrewAI itself, and its events, are one run, whichever is read first", () => {
    const joined = toldAmong(native, listenedTo(events), events);
    expect(joined.tokens).toEqual(truth);
    expect(joined.sessions).toHaveLength(1);
    const other = toldAmong(events, native, listenedTo(events));
    expect(other.tokens).toEqual(truth);
    expect(other.sessions.map(({ id }) => id)).toEqual(joined.sessions.map(({ id }) => id));
    expect(spansIn(other)).toEqual(spansIn(joined));
    expect(spansIn(joined)).toEqual(spansIn(toldBy(events)));
  });
});

const kinds = (views: ReturnType<typeof toldBy>["sessions"]): readonly string[] =>
  views.flatMap(({ spans }) => spans.map(({ kind, name }) => `${kind} ${name}`)).toSorted();

const spansIn = ({ sessions }: ReturnType<typeof toldBy>): unknown =>
  sessions
    .flatMap(({ spans }) => spans.map(({ kind, key, name }) => `${kind} ${key} ${name}`))
    .toSorted();

const madeByOthers = makers.filter((maker) => maker !== "native");

test.each(madeByOthers)(
  "what spans by %s tell of a run that events tell of is counted once",
  (maker) => {
    const [events, spans] = [eventsOf("v1.15.30/b-native-tool"), spansOf("b-native-tool", maker)];
    const apart = { input: 758, output: 80 };
    expect(toldAmong(events, spans).tokens).toEqual(apart);
    const sameRun = asOf(spans, events);
    expect(toldAmong(events, sameRun).tokens).toEqual(truthOf("v1.15.30/b-native-tool"));
    expect(toldAmong(sameRun, events).tokens).toEqual(truthOf("v1.15.30/b-native-tool"));
    expect(toldAmong(events, sameRun).complete).toBe(true);
  },
);

const idIn = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? "";

/** Spans as if they had been made of these events: at the same time, and of the same task. */
function asOf(spans: readonly string[], events: readonly string[]): readonly string[] {
  const task = idIn(events.join("\n"), /"task_id": "([0-9a-f-]{36})"/);
  const at = Date.parse(idIn(events.at(-1) ?? "", /"timestamp": "([^"]*)"/));
  const own = idIn(
    spans.join("\n"),
    /"key": ?"(?:crewai\.)?task[._]id", ?"value": ?\{"stringValue": ?"([0-9a-f-]{36})"/,
  );
  return spans
    .map((line) => line.replace(/(TimeUnixNano": ?")\d+/g, `$1${at}000000`))
    .map((line) => (own === "" ? line : line.replaceAll(own, task)));
}

test("frames of a flow, and the events of the same run, are one run", () => {
  const run = "v1.15.30/r7-flow-frames";
  const frames = linesOf(`${run}.frames.ndjson`);
  const joined = toldAmong(frames, eventsOf(run));
  expect(joined.tokens).toEqual(truthOf(run));
  expect(shapeOf(joined)).toEqual(shapeOf(toldBy(eventsOf(run))));
  expect(shapeOf(toldBy(frames))).toEqual(shapeOf(joined));
});

test.each(["b-native-tool", "c-tool-raises", "j-hierarchical", "r-flow-crew"])(
  "%s as to_json and as model_dump is one run",
  (run) => {
    const dumped = linesOf(`tojson/${run}.events.ndjson`);
    const plain = linesOf(`tojson/${run}.tojson.ndjson`);
    expect(shapeOf(toldBy(plain))).toEqual(shapeOf(toldBy(dumped)));
    expect(toldAmong(plain, dumped).tokens).toEqual(truthOf(`tojson/${run}`));
  },
);

test("a checkpoint holds what was told until then", () => {
  const run = "v1.15.30/x-checkpoint-restore";
  const checkpoint = linesOf(`${run}.checkpoint.0.json`);
  expect(toldBy(checkpoint).tokens).toEqual({ input: 91, output: 6 });
  expect(toldAmong(checkpoint, eventsOf(run)).tokens).toEqual(truthOf(run));
  expect(toldAmong(checkpoint, eventsOf(run)).sessions).toHaveLength(1);
});

test.each(["a-sequential", "b-native-tool", "r-flow-crew"])(
  "a batch of CrewAI's own tracing of %s tells its tree, and that its tokens are missing",
  (run) => {
    const { sessions, complete, refused } = toldBy(linesOf(`amp-trace/${run}.trace-batch.ndjson`));
    expect(complete).toBe(false);
    expect(refused).toBeNull();
    expect(kinds(sessions)).toEqual(kinds(toldBy(eventsOf(`v1.9.3/${run}`)).sessions));
  },
);

test("a flow that goes on after a pause is the same turn, where the execution is known", () => {
  const run = "v1.15.30/r5-flow-pause-resume";
  const lines = listenedTo(eventsOf(run));
  const { sessions, tokens } = toldBy(resuming(lines));
  expect(tokens).toEqual(truthOf(run));
  const turns = sessions.flatMap(({ spans }) => spans.filter(({ kind }) => kind === "turn"));
  expect(new Set(turns.map(({ turnSpanId }) => turnSpanId)).size).toBe(1);
  expect(turns.map(({ status }) => status)).toEqual(["suspended", "ok"]);
});

test("a flow that goes on in another process is the same turn, and its method the answer", () => {
  const run = "v1.15.30/r5-flow-pause-resume";
  const lines = resuming(listenedTo(eventsOf(run)));
  const cut = lines.findIndex((line) => line.includes('"type":"flow_paused"')) + 1;
  const other = lines
    .slice(cut)
    .map((line) => line.replace('"process":"f00d"', '"process":"beef"'));
  const { sessions, trees } = toldBy(lines.slice(0, cut), other);
  expect(sessions).toHaveLength(1);
  const turns = sessions.flatMap(({ spans }) => spans.filter(({ kind }) => kind === "turn"));
  expect(new Set(turns.map(({ traceId }) => traceId)).size).toBe(1);
  expect(trees).toContain("interrupt.resolved");
});

const agents = (lines: readonly string[]): readonly (number | null)[] =>
  toldBy(lines).sessions.flatMap(({ spans }) =>
    spans.filter(({ kind }) => kind === "agent").map(({ attempt }) => attempt),
  );

test("an agent that begins again in its task is counted, where lines stand in order", () => {
  const run = "v1.15.30/f-guardrail-retry";
  expect(agents(listenedTo(eventsOf(run)))).toEqual([null, 2]);
  expect(agents(eventsOf(run))).toEqual([null, null]);
});

/** The listener says of a flow that it goes on, and after which pause. */
function resuming(lines: readonly string[]): readonly string[] {
  const flow = /"flow_id":"([0-9a-f-]{36})"/.exec(lines.join("\n"))?.[1];
  const last = lines.findLastIndex((line) => line.includes('"type":"flow_started"'));
  return lines.map((line, index) =>
    index === last ? line.replace('"kind":', `"resumes":"${flow}","kind":`) : line,
  );
}

test("lines that the listener has lost make the tokens of what was going on incomplete", () => {
  const lines = listenedTo(eventsOf("v1.15.30/b-native-tool"));
  const lost = { v: 1, source: "spoor-crewai", kind: "lost", process: "f00d", n: 99, count: 3 };
  const cut = [...lines.slice(0, -4), JSON.stringify({ ...lost, reason: "queue full" })];
  expect(toldBy([...cut, ...lines.slice(-4)]).complete).toBe(false);
  expect(toldBy([...lines, cut.at(-1) ?? ""]).complete).toBe(true);
});

test("how a crew is made stands with its kickoff", () => {
  const lines = listenedTo(eventsOf("v1.15.30/b-native-tool"));
  const kickoff = /"type":"crew_kickoff_started"[^}]*"event_id":"([0-9a-f-]{36})"/.exec(
    lines.join("\n"),
  );
  const made = {
    v: 1,
    source: "spoor-crewai",
    kind: "crew",
    process: "f00d",
    kickoff: kickoff?.[1],
  };
  const crew = { id: "c1", process: "sequential", agents: [{ role: "Researcher" }], tasks: [] };
  const [session] = toldBy([JSON.stringify({ ...made, crew }), ...lines]).sessions;
  const [workflow] = session?.spans.filter(({ kind }) => kind === "workflow") ?? [];
  expect(workflow?.native).not.toBeNull();
});
