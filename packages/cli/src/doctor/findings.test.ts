import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type {
  Coverage,
  ExporterState,
  Facts,
  JournalState,
  LaneState,
  SealState,
} from "./diagnosis.ts";
import { findingsIn } from "./findings.ts";
import { leastNode, nodeState } from "./node-state.ts";

const lane: LaneState = {
  lane: "0",
  entries: 10,
  unreadable: 0,
  removed: 0,
  bytes: 10,
  lastSequence: 9,
  writer: { state: "none", pid: null, host: null, takenAt: null },
  vanished: null,
  gapNotes: 0,
  clockJumps: 0,
  openTurns: 0,
  seal: null,
};
const journal: JournalState = {
  dir: "/j",
  exists: true,
  readable: true,
  writable: true,
  maxBytes: 100,
  sealed: false,
  sessions: 1,
  lanes: [lane],
  coverage: null,
  elsewhere: null,
};
const exporter: ExporterState = {
  name: "otel",
  consumes: "spans",
  companionOf: null,
  takes: null,
  content: "none",
  sample: 1,
  keepErrors: false,
  redact: null,
  destination: "http://collector:4318/v1/traces",
  cursors: [{ lane: "0", unread: 0, outstanding: 0 }],
  unreadable: [],
  reachable: null,
  trouble: null,
};
const healthy: Facts = {
  spoor: { version: "0" },
  node: nodeState("24.0.0"),
  config: {
    file: null,
    unusable: null,
    unusablePrices: null,
    values: [],
    refused: [],
    switches: [],
  },
  journal,
  exporters: [exporter],
};

const whole: Coverage = {
  sessions: 2,
  emptySessions: 0,
  modelCalls: 9,
  callsWithoutUsage: 0,
  toolCalls: 4,
  toolsWithoutResult: 0,
  unplaced: 0,
};

const withLane = (changed: Partial<LaneState>): Facts => ({
  ...healthy,
  journal: { ...journal, lanes: [{ ...lane, ...changed }] },
});
const withExporter = (changed: Partial<ExporterState>): Facts => ({
  ...healthy,
  exporters: [{ ...exporter, ...changed }],
});
const withConfig = (changed: Partial<Facts["config"]>): Facts => ({
  ...healthy,
  config: { ...healthy.config, ...changed },
});
const seal: SealState = {
  origin: "example.com/agents/0",
  size: 10,
  writtenAt: 0,
  unsealed: 0,
  unsealedForMs: null,
  problems: [],
  keyExposed: false,
};
const withSeal = (changed: Partial<SealState>, sealed: boolean = true): Facts => ({
  ...healthy,
  journal: { ...journal, sealed, lanes: [{ ...lane, seal: { ...seal, ...changed } }] },
});
const switchOf = (without: string | null): Facts =>
  withConfig({ switches: [{ exporter: "langfuse", variable: "LANGFUSE_PUBLIC_KEY", without }] });
const behind = { cursors: [{ lane: "0", unread: 1, outstanding: 0 }] };
const writing: LaneState["writer"] = { ...lane.writer, state: "writing" };

test("where all is well there is nothing to say", () => {
  expect(findingsIn({ ...healthy, journal: { ...journal, coverage: whole } })).toEqual([]);
  expect(findingsIn(healthy)).toEqual([]);
  expect(findingsIn(switchOf(null))).toEqual([]);
  expect(findingsIn(withSeal({}))).toEqual([]);
  expect(findingsIn(withSeal({ unsealed: 3, unsealedForMs: 2_000 }))).toEqual([]);
  expect(findingsIn(withLane({ openTurns: 2, writer: writing }))).toEqual([]);
});

const withCoverage = (changed: Partial<Coverage>): Facts => ({
  ...healthy,
  journal: { ...journal, coverage: { ...whole, ...changed } },
});

test.each<[string, string, Facts, string]>([
  [
    "JOURNAL_ELSEWHERE",
    "note",
    { ...healthy, journal: { ...journal, elsewhere: "/app/.spoor" } },
    "another journal in /app/.spoor, and this config is about the one in /j",
  ],
  ["SESSIONS_EMPTY", "note", withCoverage({ emptySessions: 1 }), "1 of the newest 2 sessions"],
  ["CALLS_WITHOUT_USAGE", "note", withCoverage({ callsWithoutUsage: 3 }), "3 of 9 model calls"],
  ["TOOLS_WITHOUT_RESULT", "note", withCoverage({ toolsWithoutResult: 1 }), "1 tool call of the"],
  ["SPANS_UNPLACED", "note", withCoverage({ unplaced: 4 }), "4 spans of the newest 2 sessions lie"],
  ["NODE_TOO_OLD", "problem", { ...healthy, node: nodeState("22.17.9") }, "this is Node 22.17.9"],
  ["CONFIG_UNUSABLE", "problem", withConfig({ unusable: { message: "m", fix: "f" } }), "m"],
  ["CONFIG_REFUSED", "note", withConfig({ refused: ["not used"] }), "not used"],
  ["PRICES_UNUSABLE", "note", withConfig({ unusablePrices: "no list" }), "other prices than"],
  [
    "EXPORTER_NOT_SWITCHED_ON",
    "note",
    switchOf("it is not in this version"),
    "does not switch langfuse on: it is not in this version",
  ],
  [
    "EXPORTER_NOT_SWITCHED_ON",
    "note",
    withConfig({
      switches: [{ exporter: "langfuse", variable: "A and B", without: "C is false" }],
    }),
    "A and B are set, and do not switch langfuse on: C is false",
  ],
  ["NO_EXPORTER", "note", { ...healthy, exporters: [] }, "stays in the journal"],
  [
    "REDACTION_OFF",
    "note",
    withConfig({ values: [{ name: "redact", value: "off", source: "file x" }] }),
    "redaction is off (file x)",
  ],
  ["JOURNAL_IN_MEMORY", "note", { ...healthy, journal: null }, "in memory"],
  [
    "JOURNAL_NOT_WRITABLE",
    "problem",
    { ...healthy, journal: { ...journal, writable: false } },
    "/j cannot be written",
  ],
  [
    "JOURNAL_NOT_READABLE",
    "problem",
    { ...healthy, journal: { ...journal, readable: false } },
    "/j cannot be read",
  ],
  [
    "JOURNAL_MISSING",
    "note",
    { ...healthy, journal: { ...journal, exists: false } },
    "nothing was recorded yet",
  ],
  ["NO_SESSION", "note", { ...healthy, journal: { ...journal, sessions: 0 } }, "no session in /j"],
  ["ENTRIES_UNREADABLE", "note", withLane({ unreadable: 2 }), "lane 0: 2 lines cannot be read"],
  ["ENTRIES_REMOVED", "note", withLane({ removed: 7 }), "7 so far"],
  ["LANE_NEARLY_FULL", "note", withLane({ bytes: 95 }), "95 bytes of 100 bytes"],
  [
    "LANE_HELD_ELSEWHERE",
    "note",
    withLane({ writer: { ...lane.writer, state: "elsewhere", host: "there" } }),
    "held by there",
  ],
  ["ENTRIES_LOST", "note", withLane({ gapNotes: 2 }), "has noted 2 times"],
  ["CLOCK_JUMPED", "note", withLane({ clockJumps: 1 }), "has noted 1 time that its clock was set"],
  [
    "WRITER_VANISHED",
    "note",
    withLane({ vanished: { pid: 7, takenAt: 60_000 } }),
    "process 7, which had it since 1970-01-01 00:01Z, ended without freeing it",
  ],
  ["TURNS_OPEN", "note", withLane({ openTurns: 1 }), "nobody has seen 1 turn end"],
  [
    "LANE_NOT_SEALED",
    "problem",
    { ...healthy, journal: { ...journal, sealed: true } },
    "lane 0 has no seal",
  ],
  [
    "LANE_NOT_SEALED",
    "note",
    { ...healthy, journal: { ...journal, lanes: [lane, { ...lane, lane: "1", seal }] } },
    "lane 0 has no seal",
  ],
  [
    "SEAL_BEHIND",
    "problem",
    withSeal({ unsealed: 3, unsealedForMs: 7_200_000 }),
    "lane 0: 3 entries are under no signature, the first for 2 h",
  ],
  [
    "SEAL_BEHIND",
    "note",
    withSeal({ unsealed: 1, unsealedForMs: null }, false),
    "lane 0: 1 entry is under no signature",
  ],
  ["SEAL_BROKEN", "problem", withSeal({ problems: ["not its key's"] }), "not its key's"],
  ["SEAL_KEY_EXPOSED", "problem", withSeal({ keyExposed: true }), "may read the private key"],
  [
    "CURSOR_UNREADABLE",
    "problem",
    withExporter({ cursors: [], unreadable: [{ lane: "0", reason: "it is empty" }] }),
    "all of it will be sent again: it is empty",
  ],
  [
    "EXPORTER_FAILING",
    "problem",
    withExporter({ cursors: [{ lane: "0", unread: 0, outstanding: 0, failure: "answered 404" }] }),
    "otel could not deliver what it has of lane 0: answered 404",
  ],
  [
    "EXPORTER_BEHIND",
    "problem",
    withExporter(behind),
    "otel has still to read 1 entry of lane 0, and nobody",
  ],
  [
    "EXPORTER_CATCHING_UP",
    "note",
    { ...withLane({ writer: writing }), exporters: [{ ...exporter, ...behind }] },
    "a process is delivering",
  ],
  [
    "EXPORTER_CATCHING_UP",
    "note",
    withExporter({ cursors: [{ lane: "0", unread: 0, outstanding: 3 }] }),
    "3 of what began there has not arrived",
  ],
  ["EXPORTER_NOT_STARTED", "note", withExporter({ cursors: [] }), "otel is new to this journal"],
  ["DESTINATION_UNUSABLE", "problem", withExporter({ destination: "" }), "no address"],
  ["DESTINATION_SPEAKS_GRPC", "note", withExporter({ destination: "http://c:4317/" }), "port 4317"],
  [
    "DESTINATION_UNREACHABLE",
    "problem",
    withExporter({ reachable: false }),
    "nothing answers at http://collector:4318",
  ],
  [
    "DESTINATION_REFUSES",
    "problem",
    withExporter({ reachable: true, trouble: "the keys are of another region" }),
    "the keys are of another region",
  ],
])("%s is a %s", (code, severity, facts, words) => {
  expect(findingsIn(facts)).toMatchObject([
    { code, severity, message: expect.stringContaining(words) },
  ]);
});

test("what keeps an exporter from sending anything is told instead of its address, with what to do", () => {
  const [finding] = findingsIn(withExporter({ destination: "", trouble: "the keys are none" }));
  expect(finding).toMatchObject({
    code: "DESTINATION_UNUSABLE",
    message: "otel cannot send anything: the keys are none",
    fix: expect.stringMatching(/^Put this right/),
  });
});

test("one reason is told once: of an exporter, and not again of what goes along with it", () => {
  const trouble = "the keys are of another region";
  const waiting = { lane: "0", unread: 0, outstanding: 0, failure: trouble };
  const along = { companionOf: "otel", reachable: true, trouble, destination: "" };
  const told = { reachable: true, trouble, cursors: [waiting] };
  expect(findingsIn(withExporter(told)).map(({ code }) => code)).toEqual(["DESTINATION_REFUSES"]);
  expect(findingsIn(withExporter(along))).toEqual([]);
});

test("problems stand before notes", () => {
  const facts = {
    ...withExporter({ destination: "" }),
    ...switchOf("no"),
    exporters: [{ ...exporter, destination: "" }],
  };
  expect(findingsIn(facts).map(({ severity }) => severity)).toEqual(["problem", "note"]);
});

test("the least Node is that of the manifest", () => {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  expect(manifest).toMatchObject({ engines: { node: `>=${leastNode}` } });
});
