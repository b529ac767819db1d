import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Told } from "./told.ts";

const call = { session: "log:a", source: "log", type: "model.started", key: "call:1" };
const usage = (input: number, output: number, cacheRead: number | null = null, ms?: number) => ({
  session: "log:a",
  source: "log",
  type: "usage.reported",
  on: "call:1",
  basis: "call",
  usage: { input, cacheRead, output },
  ...(ms === undefined ? {} : { at: { ms } }),
});

const tool = (key: string, toolCallId: string) => ({
  session: "s",
  source: "stream",
  type: "tool.started",
  name: "add",
  causedBy: "message:m",
  key,
  toolCallId,
  input: { a: 1 },
});

function toldOf(...facts: readonly object[]): Told {
  const told = new Told();
  for (const fact of facts) told.note({ ...fact });
  return told;
}

const hour = 60 * 60 * 1000;

describe("a call of a log that lies in no run", () => {
  test("may be the one with its figures, with what came from a cache or without", () => {
    const told = toldOf(call, usage(42, 9, 64));
    const like = (prompt: number): number =>
      told.looseLike({ prompt, completion: 9, ms: undefined });
    expect([42, 106, 64].map(like)).toEqual([1, 1, 0]);
  });

  test("is certainly no other where any figure differs, or an hour lies between the two", () => {
    const figure = fc.nat({ max: 50 });
    fc.assert(
      fc.property(figure, figure, figure, figure, fc.nat({ max: 3 * hour }), (a, b, c, d, ms) => {
        const told = toldOf(call, usage(a, b, null, hour));
        const isLike = a === c && b === d && Math.abs(ms - hour) < hour;
        expect(told.looseLike({ prompt: c, completion: d, ms })).toBe(isLike ? 1 : 0);
      }),
    );
  });

  test("without figures may be any other without figures", () => {
    expect(toldOf(call).looseLike(null)).toBe(1);
    expect(toldOf(call, usage(1, 1)).looseLike(null)).toBe(0);
  });
});

describe("a tool call", () => {
  test("is found by its id, unless several have it", () => {
    expect(toldOf(tool("tool:1", "x")).toolCalled("x")).toMatchObject({ call: "message:m" });
    expect(toldOf(tool("tool:1", "0"), tool("tool:2", "0")).toolCalled("0")).toBeNull();
    expect(toldOf(tool("tool:1", "x"), tool("tool:1", "x")).toolCalled("x")).not.toBeNull();
  });

  test("of messages may be one that has its id, or its arguments where either has no id", () => {
    const told = toldOf(tool("tool:1", "x"));
    expect(told.mayTell({ id: "x", name: "add", input: { a: 2 } })).toBe(true);
    expect(told.mayTell({ id: "y", name: "add", input: { a: 1 } })).toBe(false);
    expect(told.mayTell({ id: undefined, name: "add", input: { a: 1 } })).toBe(true);
    expect(told.mayTell({ id: undefined, name: "add", input: { a: 2 } })).toBe(false);
  });
});

test("a call that messages claim is claimed no more when a log tells which one it is", () => {
  const claimed = { ...usage(5, 2), session: "m", source: "stream", on: "message:1" };
  const alias = { session: "m", type: "span.amended", on: "call:1", mark: "m", alias: "message:1" };
  const figures = { prompt: 5, completion: 2, ms: undefined };
  expect(toldOf(claimed).claimedLike(figures)).toBe(1);
  expect(toldOf(claimed, alias).claimedLike(figures)).toBe(0);
  expect(toldOf(alias).sessionOf("message:1")).toBe("m");
});
