import { describe, expect, test } from "vitest";
import {
  assistant,
  clock,
  clockMs,
  init,
  system,
  text,
  toolResult,
  toolUse,
} from "./example-lines.ts";
import { draftsOf, ofType } from "../fixtures.ts";

describe("a tool call", () => {
  test("lasts from the block that asks for it to its result", () => {
    const drafts = draftsOf([
      init(),
      assistant("a1", { call: "m1", block: toolUse("t1"), second: 1 }),
      { ...toolResult("u1", "t1"), timestamp: clock(2) },
    ]);
    expect(ofType(drafts, "tool.started")).toMatchObject([
      {
        key: "t1",
        toolCallId: "t1",
        name: "Read",
        parent: "turn@init",
        causedBy: "m1",
        input: { of: "t1" },
        at: { ms: clockMs(1) },
      },
    ]);
    expect(ofType(drafts, "tool.ended")).toMatchObject([
      { key: "t1", outcome: { status: "ok" }, output: "done", at: { ms: clockMs(2) } },
    ]);
  });

  test("in a subagent's lane is the agent's", () => {
    const drafts = draftsOf([assistant("a1", { call: "m1", lane: "t0", block: toolUse("t1") })]);
    expect(ofType(drafts, "tool.started")).toMatchObject([{ key: "t1", parent: "agent@t0" }]);
  });

  test("that the API runs itself starts and ends inside the call", () => {
    const drafts = draftsOf([
      assistant("a1", {
        call: "m1",
        block: { ...toolUse("s1", "web_search"), type: "server_tool_use" },
      }),
      assistant("a2", {
        call: "m1",
        block: { type: "web_search_tool_result", tool_use_id: "s1", content: [] },
      }),
    ]);
    expect(drafts.filter(({ type }) => type.startsWith("tool."))).toMatchObject([
      { type: "tool.started", key: "s1", name: "web_search" },
      { type: "tool.ended", key: "s1", outcome: { status: "ok" } },
    ]);
  });
});

const failed = (content: unknown) => toolResult("u1", "t1", { is_error: true, content });

const endOf = (...lines: readonly object[]) =>
  ofType(draftsOf([init(), ...lines]), "tool.ended")[0];

describe("a tool call that went wrong", () => {
  test("failed", () => {
    expect(endOf(failed([text("no such file")]))).toMatchObject({
      outcome: { status: "error", errorType: "tool_error" },
      detail: "no such file",
    });
  });

  test("was no valid call", () => {
    const outcome = { status: "error", errorType: "invalid_input" };
    expect(endOf(failed("<tool_use_error>no</tool_use_error>"))).toMatchObject({ outcome });
  });

  test("was interrupted, which is no error", () => {
    const words = "[Request interrupted by user for tool use]";
    expect(endOf(failed(words))).toMatchObject({ outcome: { status: "cancelled" } });
  });

  const denied = { outcome: { status: "error", errorType: "permission_denied" } };

  test("was denied, as its result says", () => {
    const rejected = [{ id: "t1", permission_decision: { decision: "reject" } }];
    expect(endOf({ ...failed("no"), tool_result_meta: rejected })).toMatchObject(denied);
    const another = [{ ...rejected[0], id: "t2" }];
    expect(endOf({ ...failed("no"), tool_result_meta: another })).not.toMatchObject(denied);
  });

  test("was denied, as an earlier line said", () => {
    const denial = system("permission_denied", "d1", {
      tool_use_id: "t1",
      message: "needs approval",
    });
    expect(endOf(denial, failed("no"))).toMatchObject(denied);
    expect(ofType(draftsOf([denial]), "decision.made")).toMatchObject([
      { on: "t1", kind: "permission", choice: "reject", why: "needs approval" },
    ]);
  });
});
