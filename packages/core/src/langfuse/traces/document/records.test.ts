import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Row } from "../row.ts";
import { langfuseRecords } from "./records.ts";

const trace = {
  id: "t",
  timestamp: "2026-01-01T10:00:00.000Z",
  name: "support",
  sessionId: "chat",
};
const root = {
  id: "root",
  traceId: "t",
  type: "AGENT",
  startTime: "2026-01-01T10:00:00.100Z",
  endTime: "2026-01-01T10:00:02.000Z",
  parentObservationId: null,
};
const call = {
  id: "call",
  traceId: "t",
  type: "GENERATION",
  startTime: "2026-01-01T10:00:00.100Z",
  endTime: "2026-01-01T10:00:01.000Z",
  parentObservationId: "root",
};
const score = { id: "s", traceId: "t", name: "good", value: 1, dataType: "NUMERIC" };

const recordsIn = (document: string): readonly string[] =>
  [...langfuseRecords(document)].map((line) => {
    const { of, row } = JSON.parse(line) as { readonly of: string; readonly row: Row };
    return `${of} ${String(row["id"])}`;
  });

const whole = ["trace t", "observation root", "observation call", "end t", "score s"];

describe("what is in it is found and put in order", () => {
  test.each([
    ["the answer of version 3", { ...trace, observations: [call, root], scores: [score] }],
    ["a download of its page", { trace, observations: [call, root], scores: [score] }],
    ["a page of observations, newest first", { data: [call, root, score], meta: { cursor: "c" } }],
    ["a list", [trace, root, call, score]],
    ["a download of version 4", { observations: [call, root], scores: [score] }],
    [
      "a session",
      { id: "chat", traces: [{ ...trace, observations: [root, call], scores: [score] }] },
    ],
  ])("in %s", (_, document) => {
    expect(recordsIn(JSON.stringify(document))).toEqual(whole);
    expect(recordsIn(JSON.stringify(document, null, 2))).toEqual(whole);
  });

  test("in lines, of which one that is no JSON is left to be counted", () => {
    const lines = [call, root, score].map((row) => JSON.stringify(row));
    const records = [
      ...langfuseRecords([...lines.slice(0, 2), "no JSON", ...lines.slice(2)].join("\n")),
    ];
    expect(records).toContain('"no JSON"');
    expect(records).toHaveLength(6);
  });

  test("in any order", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([root, call], { minLength: 2 }), (observations) => {
        const document = JSON.stringify({ ...trace, observations, scores: [score] });
        expect(recordsIn(document)).toEqual(whole);
      }),
    );
  });
});

describe("what began in the same millisecond", () => {
  const [startTime, parentObservationId] = [root.startTime, "root"];
  const tool = { ...call, id: "tool", type: "TOOL", startTime, parentObservationId };

  test("is told as it ended", () => {
    const quick = { ...tool, endTime: "2026-01-01T10:00:00.200Z" };
    for (const rows of [
      [root, call, quick],
      [quick, call, root],
    ])
      expect(recordsIn(JSON.stringify(rows)).slice(1, -1)).toEqual([
        "observation root",
        "observation tool",
        "observation call",
      ]);
  });

  test("is told after what it was caused by", () => {
    const own = { "spoor.kind": "tool", "spoor.key": "k", "spoor.causedBy": "call" };
    const quick = { ...tool, endTime: "2026-01-01T10:00:00.200Z", metadata: own };
    for (const rows of [
      [root, call, quick],
      [quick, call, root],
    ])
      expect(recordsIn(JSON.stringify(rows)).filter((line) => line !== "end t")).toEqual([
        "trace t",
        "observation root",
        "observation call",
        "observation tool",
      ]);
  });
});

test("what lies in each other in a circle is told all the same", () => {
  const rows = [
    { ...root, parentObservationId: "call" },
    { ...call, id: "call" },
  ];
  expect(recordsIn(JSON.stringify(rows))).toHaveLength(4);
});

test("a trace in which something goes on has no end", () => {
  const open = { ...call, endTime: null };
  expect(recordsIn(JSON.stringify([root, open]))).toEqual([
    "trace t",
    "observation root",
    "observation call",
  ]);
});

test("a trace of which only ids are listed is told by itself", () => {
  const listed = { data: [{ ...trace, observations: ["root"], scores: ["s"] }], meta: {} };
  expect(recordsIn(JSON.stringify(listed))).toEqual(["trace t"]);
});

test.each([
  ["", "it is no JSON"],
  ['{"id":"t","observations":[', "it is no JSON"],
  ['{"name":"package"}', "holds no trace"],
  ["[]", "holds no trace"],
  ["3", "holds no trace"],
])("%j is refused, and why is said", (document, reason) => {
  expect(() => recordsIn(document)).toThrow(reason);
});
