import { describe, expect, test } from "vitest";
import {
  assistant,
  clock,
  clockMs,
  init,
  result,
  system,
  taskStarted,
  text,
  toolResult,
  toolUse,
  user,
} from "./example-lines.ts";
import type { Extra } from "./example-lines.ts";
import { draftsOf, ofType } from "../fixtures.ts";

const spawn = [
  init(),
  assistant("a1", { call: "m1", block: toolUse("t1", "Agent"), second: 1 }),
  taskStarted("s1", "k1", "t1"),
];
const updated = (patch: Extra) => system("task_updated", "x1", { task_id: "k1", patch });
const notified = (status: string) =>
  system("task_notification", "x2", {
    task_id: "k1",
    tool_use_id: "t1",
    status,
    summary: "all quiet",
  });

const endOf = (line: object) => ofType(draftsOf([...spawn, line]), "work.ended")[0];

describe("a subagent", () => {
  test("is the work of the tool call that spawned it", () => {
    expect(ofType(draftsOf(spawn), "work.started")).toMatchObject([
      {
        kind: "agent",
        key: "agent@t1",
        parent: "t1",
        name: "scout",
        agent: "scout",
        input: "look around",
      },
    ]);
  });

  test("is known by its first words where nothing announced it", () => {
    const prompt = user("u1", [text("look around")], {
      parent_tool_use_id: "t1",
      timestamp: clock(3),
    });
    const drafts = draftsOf([
      init(),
      prompt,
      assistant("a2", { call: "m2", lane: "t1", second: 5 }),
    ]);
    expect(drafts.slice(2)).toMatchObject([
      { type: "work.started", key: "agent@t1", name: "agent", input: "look around" },
      { type: "message.received", on: "agent@t1", role: "user" },
      { type: "model.started", parent: "agent@t1", at: { ms: clockMs(3), inferred: true } },
    ]);
  });

  test("cannot have called its model before it was spawned", () => {
    const said = assistant("a2", { call: "m2", lane: "t1", second: 5 });
    expect(ofType(draftsOf([...spawn, said]), "model.started").at(-1)?.at).toEqual({
      ms: clockMs(1),
      inferred: true,
    });
  });

  test("ends with its task, and its last call with it", () => {
    const said = assistant("a2", { call: "m2", lane: "t1", second: 5 });
    const drafts = draftsOf([
      ...spawn,
      said,
      updated({ status: "completed", end_time: 7000 }),
      notified("completed"),
    ]);
    expect(drafts.slice(-3)).toMatchObject([
      { type: "model.ended", key: "m2" },
      { type: "work.ended", key: "agent@t1", at: { ms: 7000 }, outcome: { status: "ok" } },
      { type: "span.amended", on: "agent@t1", output: "all quiet" },
    ]);
  });

  test("ends with the notification where that comes first", () => {
    const drafts = draftsOf([...spawn, notified("completed"), updated({ status: "completed" })]);
    expect(ofType(drafts, "work.ended")).toMatchObject([
      { outcome: { status: "ok" }, output: "all quiet" },
    ]);
    expect(drafts.at(-1)).toMatchObject({ type: "native.noted", name: "system.task_updated" });
  });

  test("that failed is an error, one that was stopped is not", () => {
    expect(endOf(updated({ status: "failed", error: "API Error" }))).toMatchObject({
      outcome: { status: "error", errorType: "agent_failed" },
      detail: "API Error",
    });
    expect(endOf(updated({ status: "killed" }))?.outcome).toEqual({ status: "cancelled" });
    expect(endOf(notified("stopped"))?.outcome).toEqual({ status: "cancelled" });
    expect(endOf(updated({ status: "running" }))).toBeUndefined();
  });

  test("that ran in the foreground is done when its tool returns, for versions that say no more", () => {
    const returned = {
      ...toolResult("u1", "t1"),
      tool_use_result: { status: "completed", content: [text("quiet")] },
    };
    const launched = { ...toolResult("u1", "t1"), tool_use_result: { status: "async_launched" } };
    expect(ofType(draftsOf([...spawn, returned]), "work.ended")).toMatchObject([
      { output: "quiet" },
    ]);
    expect(ofType(draftsOf([...spawn, launched]), "work.ended")).toEqual([]);
  });

  test("is not any other task", () => {
    const shell = { task_id: "k2", tool_use_id: "t2", task_type: "local_bash" };
    const drafts = draftsOf([init(), system("task_started", "s2", shell), notified("completed")]);
    expect(drafts.slice(2).map(({ type }) => type)).toEqual(["native.noted", "native.noted"]);
  });

  test("whose task nobody named is not ended by a task that has no name either", () => {
    const nameless = system("task_updated", "x1", { patch: { status: "completed" } });
    const drafts = draftsOf([assistant("a1", { call: "m1", lane: "t1" }), nameless]);
    expect(ofType(drafts, "work.ended")).toEqual([]);
  });

  test("that outlives its turn goes on where it was", () => {
    const late = assistant("a3", { call: "m3", lane: "t1" });
    const drafts = draftsOf([...spawn, result("r1"), late, notified("completed")]);
    expect(drafts.slice(-3)).toMatchObject([
      { type: "model.started", parent: "agent@t1" },
      { type: "model.ended", key: "m3" },
      { type: "work.ended", key: "agent@t1" },
    ]);
    expect(ofType(drafts, "work.started")).toHaveLength(1);
    expect(ofType(drafts, "turn.started")).toHaveLength(1);
  });

  test("that ended in a turn bears on when the turn ended", () => {
    const drafts = draftsOf([
      ...spawn,
      updated({ status: "completed", end_time: 7000 }),
      result("r1"),
    ]);
    expect(ofType(drafts, "turn.ended")[0]?.at).toEqual({ ms: 7000, inferred: true });
  });

  test("waits for the model where no turn does", () => {
    const retry = system("api_retry", "y1", { error_status: null });
    const drafts = draftsOf([...spawn, result("r1"), retry]);
    expect(ofType(drafts, "attempt.failed")).toMatchObject([
      { on: "agent@t1", errorType: "connection_error" },
    ]);
  });
});
