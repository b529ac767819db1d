import { describe, expect, test } from "vitest";
import {
  recordingsOf,
  type Recording,
  runsWith,
  shapeOf,
  type Told,
  toldBy,
} from "../surfaces.fixture.ts";
import { linesOf, runs } from "./recorded.fixture.ts";

const spansOf = (run: string): readonly Recording[] =>
  runs.filter((name) => name.split(".")[0] === run).map(linesOf);

/** Long runs say nothing here that shorter ones do not. */
const isShort = (run: string): boolean => spansOf(run).flat().length < 80;

const logged = runsWith("events").filter((run) => spansOf(run).length > 0 && isShort(run));

const figuresOf = ({ tokens, calls }: Told) => ({ ...tokens, calls });

describe.each(logged)("spans and log of %s", (run) => {
  const [log, spans] = [recordingsOf(run, "events"), spansOf(run)];
  const alone = toldBy(log);

  test("count every call once, in any order, together and one by one", () => {
    for (const told of [
      toldBy([...log, ...spans]),
      toldBy([...spans, ...log]),
      toldBy(log, spans),
      toldBy(spans, log),
    ])
      expect(figuresOf(told)).toEqual(figuresOf(alone));
  });
});

const said = runsWith("messages").filter((run) => spansOf(run).length > 0 && isShort(run));

describe.each(said)("spans and messages of %s", (run) => {
  const [messages, spans] = [recordingsOf(run, "messages"), spansOf(run)];
  const [alone, spansAlone] = [toldBy(messages), toldBy(spans)];

  test("count every call once, in any order, together and one by one", () => {
    const expected = spansAlone.calls > 0 ? spansAlone : alone;
    for (const told of [
      toldBy([...messages, ...spans]),
      toldBy([...spans, ...messages]),
      toldBy(messages, spans),
      toldBy(spans, messages),
    ])
      expect(figuresOf(told)).toEqual(figuresOf(expected));
  });
});

describe.each(said.filter((run) => logged.includes(run)))("all that %s left", (run) => {
  const [log, messages, spans] = [
    recordingsOf(run, "events"),
    recordingsOf(run, "messages"),
    spansOf(run),
  ];
  const both = toldBy([...log, ...messages]);

  test("counts every call once, in any order, together and one by one", () => {
    for (const told of [
      toldBy([...log, ...messages, ...spans]),
      toldBy([...spans, ...messages, ...log]),
      toldBy(spans, [...log, ...messages]),
      toldBy([...log, ...messages], spans),
    ])
      expect(figuresOf(told)).toEqual(figuresOf(both));
  });
});

test("a trace that stands in two files is one trace, in one import", () => {
  const [lines = []] = spansOf("t02-roundrobin-tool-text-mention");
  const whole = toldBy([lines]);
  const parted = toldBy([lines.slice(0, 20), lines.slice(20)]);
  expect(shapeOf(parted)).toEqual(shapeOf(whole));
  expect(figuresOf(whole)).toEqual({ input: 292, output: 22, calls: 3 });
});

test("an agent that failed is one that failed, whoever tells of it first", () => {
  const run = "t13-agent-fails-in-team";
  const [log, spans] = [recordingsOf(run, "events"), spansOf(run)];
  for (const told of [toldBy([...log, ...spans]), toldBy(spans, log)]) {
    const failed = told.sessions.flatMap((session) =>
      session.spans.filter(({ status, errorPassedOn }) => status === "error" && !errorPassedOn),
    );
    expect(failed.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["agent critic"]);
  }
});
