import type { EventDraft } from "@spoor/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { langgraph } from "../adapter.ts";
import type { LangGraphCallback } from "./native.ts";
import { draftsOf, nativesOf, recording, scenarios, translateAll } from "./fixtures.ts";

const anyScenario: fc.Arbitrary<string> = fc.constantFrom(...scenarios);

const bytes = (drafts: readonly EventDraft[]): readonly string[] =>
  drafts.map((draft) => JSON.stringify(draft));

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

test("a prefix of a recording gives a prefix of its drafts, byte for byte", () => {
  fc.assert(
    fc.property(anyScenario, fc.nat(), (scenario, cut) => {
      const lines = recording(scenario);
      const prefix = bytes(translateAll(nativesOf(lines.slice(0, cut % (lines.length + 1)))));
      expect(prefix).toEqual(bytes(draftsOf(scenario)).slice(0, prefix.length));
    }),
  );
});

test.each(scenarios)("two translators tell %s alike", (scenario) => {
  expect(bytes(draftsOf(scenario))).toEqual(bytes(draftsOf(scenario)));
});

test.each(scenarios)("%s says the same when every callback is delivered twice", (scenario) => {
  const twice = nativesOf(recording(scenario)).flatMap((native) => [native, native]);
  expect(bytes(translateAll(twice))).toEqual(bytes(draftsOf(scenario)));
});

test.each(scenarios)("%s says nothing new when it is read again", (scenario) => {
  const natives = nativesOf(recording(scenario));
  expect(bytes(translateAll([...natives, ...natives]))).toEqual(bytes(draftsOf(scenario)));
});

test("two threads that run at once are told as each would be alone", () => {
  const left = nativesOf(recording("01-react-agent-invoke"));
  const right = nativesOf(recording("11b-interrupt-in-tool-and-subgraph"));
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 200 }), (turns) => {
      const queues: readonly [LangGraphCallback[], LangGraphCallback[]] = [[...left], [...right]];
      const order = turns.flatMap((first) => queues[first ? 0 : 1].splice(0, 1));
      const drafts = translateAll([...order, ...queues[0], ...queues[1]]);
      const of = (session: string) => bytes(drafts.filter((draft) => draft.session === session));
      expect(of("t1")).toEqual(bytes(translateAll(left)));
      expect(of("i2")).toEqual(bytes(translateAll(right)));
      expect(of("t1").length + of("i2").length).toBe(drafts.length);
    }),
  );
});

test.each(scenarios)(
  "%s is read without being changed, and told in nothing but JSON",
  (scenario) => {
    const drafts = translateAll(deepFreeze(nativesOf(recording(scenario))));
    expect(JSON.parse(JSON.stringify(drafts))).toStrictEqual(drafts);
  },
);

test.each(scenarios)("%s opens each key once, and closes only what it opened", (scenario) => {
  const drafts = draftsOf(scenario);
  const opened = drafts.flatMap((draft) => ("key" in draft && "name" in draft ? [draft.key] : []));
  const closed = drafts.flatMap((draft) => ("outcome" in draft ? [draft.key] : []));
  expect(new Set(opened).size).toBe(opened.length);
  expect(new Set(closed).size).toBe(closed.length);
  expect(closed.filter((key) => !opened.includes(key))).toEqual([]);
});

const callbackNames = [
  ...new Set(
    scenarios.flatMap(recording).flatMap((line) => /"event":"(\w+)"/.exec(line)?.[1] ?? []),
  ),
  "handleCustomEvent",
  "handleRetrieverStart",
  "handleLLMStart",
  "handleText",
];

const fieldNames = [
  "chain",
  "checkpointId",
  "checkpointNs",
  "err",
  "extraParams",
  "input",
  "inputs",
  "interrupts",
  "llm",
  "messages",
  "metadata",
  "output",
  "outputs",
  "runName",
  "tags",
];

test("no JSON makes it throw, and what it says is JSON again", () => {
  const runId = fc.constantFrom("r1", "r2", "r3");
  const fields = fc.dictionary(fc.constantFrom(...fieldNames), fc.jsonValue());
  const line = fc
    .record({
      event: fc.constantFrom(...callbackNames),
      args: fc
        .tuple(fc.record({ runId, parentRunId: runId }, { requiredKeys: ["runId"] }), fields)
        .map(([run, rest]) => ({ ...run, ...rest })),
    })
    .map((recorded) => JSON.stringify(recorded));
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.json(), fc.string()), { maxLength: 30 }), (lines) => {
      const drafts = translateAll(deepFreeze(nativesOf(lines)));
      expect(JSON.parse(JSON.stringify(drafts))).toStrictEqual(drafts);
    }),
  );
});

test("a recording with any one value replaced is still told", () => {
  fc.assert(
    fc.property(anyScenario, fc.nat(), fc.nat(), fc.jsonValue(), (scenario, at, which, value) => {
      const lines = [...recording(scenario)];
      const index = at % lines.length;
      const paths = placesIn(JSON.parse(lines[index] ?? "{}"));
      const place = paths[which % paths.length];
      lines[index] = JSON.stringify(replaced(JSON.parse(lines[index] ?? "{}"), place ?? [], value));
      expect(() => translateAll(nativesOf(lines))).not.toThrow();
    }),
  );
});

type Path = readonly string[];

function placesIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([name, part]) => placesIn(part, [...path, name])),
  ];
}

function replaced(value: unknown, [name, ...rest]: Path, by: unknown): unknown {
  if (name === undefined || typeof value !== "object" || value === null) return by;
  const change = ([key, part]: [string, unknown]) =>
    [key, key === name ? replaced(part, rest, by) : part] as const;
  const entries = Object.entries(value).map(change);
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}

test("a callback that nobody has heard of is kept where its run is, and known to be unknown", () => {
  const lines = recording("01-react-agent-invoke");
  const root = "01a1fc41-d766-707a-8bb2-e8994946b641";
  const stranger = JSON.stringify({ seq: 2, event: "handleNovelty", args: { runId: root, x: 1 } });
  const natives = nativesOf([...lines.slice(0, 2), stranger]);
  expect(natives.map((native) => langgraph.knows(native))).toEqual([true, true, false]);
  expect(translateAll(natives).at(-1)).toMatchObject({
    type: "native.noted",
    on: root,
    name: "handleNovelty",
    native: { runId: root, x: 1 },
  });
});
