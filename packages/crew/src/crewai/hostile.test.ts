import { expect, test } from "vitest";
import { draftsOf, eventsOf, toldBy } from "./recordings.fixture.ts";

const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
const event = (type: string, id: string, more: string): string =>
  `{"type":"${type}","timestamp":"2026-11-21T09:00:00Z","event_id":"${id}","parent_event_id":"p","started_event_id":null,${more}}`;

test("what is nested too deep to be written is told all the same", () => {
  const lines = [
    event("llm_call_completed", "a", `"call_id":"c","response":[{"name":"t","input":${deep}}]`),
    event("tool_usage_started", "b", `"tool_name":"t","tool_args":${deep}`),
    `{"type":"tool_usage_started","timestamp":"t","source_type":null,"tool_name":"t","tool_args":${deep}}`,
  ];
  expect(draftsOf(lines).map(({ type }) => type)).toEqual([
    "session.started",
    "model.ended",
    "tool.started",
    "turn.started",
    "tool.started",
  ]);
});

const within = (type: string, id: string, parent: string): string =>
  JSON.stringify({
    type,
    timestamp: "2026-11-21T09:00:00Z",
    event_id: id,
    parent_event_id: parent,
    started_event_id: null,
    flow_name: "AgentExecutor",
    call_id: id,
  });

test("scopes that say they lie in each other, or in themselves, are told where nobody is around them", () => {
  const { sessions } = toldBy([
    within("mcp_connection_started", "itself", "itself"),
    within("flow_started", "one", "other"),
    within("flow_started", "other", "one"),
    within("llm_call_started", "first", "itself"),
    within("llm_call_started", "second", "other"),
  ]);
  const calls = sessions.flatMap(({ spans }) => spans.filter(({ kind }) => kind === "model"));
  expect(calls.map(({ key }) => key).toSorted()).toEqual(["call:first", "call:second"]);
});

test("the largest events, and objects in Python's notation, do not get in the way", () => {
  const run = "v1.15.30/z-wide-crew";
  const longest = Math.max(...eventsOf(run).map((line) => line.length));
  expect(longest).toBeGreaterThan(200_000);
  expect(JSON.stringify(draftsOf(eventsOf(run))).length).toBeLessThan(longest);
});

test("a word that nobody has taught the adapter is noted where it was said", () => {
  const [first = "", ...rest] = eventsOf("v1.15.30/b-native-tool");
  const kickoff = /"event_id": "([0-9a-f-]{36})"/.exec(rest[0] ?? "")?.[1];
  const strange = JSON.stringify({
    type: "task_postponed",
    timestamp: "2026-11-21T09:00:00Z",
    event_id: "e1",
    parent_event_id: kickoff,
    days: 3,
  });
  const { sessions } = toldBy([first, ...rest, strange]);
  const workflow = sessions[0]?.spans.find(({ kind }) => kind === "workflow");
  expect(workflow?.marks).toContainEqual(
    expect.objectContaining({ type: "native.noted", name: "task_postponed" }),
  );
});
