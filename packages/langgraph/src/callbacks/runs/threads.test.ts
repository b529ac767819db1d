import { expect, test } from "vitest";
import { ToolCalls } from "../calls/tool-calls.ts";
import { Threads } from "./threads.ts";
import type { Turn } from "./turn.ts";

const turn = (key: string, more: Partial<Turn> = {}): Turn => ({
  session: "t",
  key,
  name: "graph",
  namesakes: 0,
  continuation: {},
  calls: new ToolCalls(),
  tasks: [],
  resolved: false,
  suspended: false,
  ...more,
});

test("a thread is known from its first turn on, and waits only where its latest one does", () => {
  const threads = new Threads();
  expect(threads.thread("t")).toMatchObject({ isKnown: false, waiting: null });
  const stopped = turn("a", { suspended: true, waitsAt: "c1" });
  threads.begin(stopped);
  threads.end(stopped);
  expect(threads.thread("t")).toMatchObject({ isKnown: true, waiting: { waitsAt: "c1" } });
  expect(threads.waitingIn("t")).toBe(stopped);
  threads.begin(turn("b"));
  expect(threads.thread("t")).toMatchObject({ isKnown: true, waiting: null });
});

test("a checkpoint that a turn stopped at is remembered in its own thread", () => {
  const threads = new Threads();
  threads.end(turn("a", { suspended: true, waitsAt: "c1" }));
  threads.end(turn("b", { waitsAt: "c2" }));
  expect(threads.thread("t").stoppedAt("c1")).toBe("a");
  expect(threads.thread("t").stoppedAt("c2")).toBeUndefined();
  expect(threads.thread("other").stoppedAt("c1")).toBeUndefined();
});
