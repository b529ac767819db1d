import type { DraftOf, EventDraft, Key, Outcome, SpanId } from "../vocabulary/event.ts";
import { spanIdOf } from "../vocabulary/identity.ts";
import type { Usage } from "../vocabulary/usage.ts";

export const session = "thread 1";
const about = { session, source: "stream" } as const;
const ok: Outcome = { status: "ok" };

type More<Type extends EventDraft["type"]> = Partial<DraftOf<Type>>;

export const sessionStarted = (more: More<"session.started"> = {}): EventDraft => ({
  ...about,
  type: "session.started",
  on: null,
  mark: "session",
  framework: "none",
  ...more,
});
export const turn = (key: Key, more: More<"turn.started"> = {}): DraftOf<"turn.started"> => ({
  ...about,
  type: "turn.started",
  key,
  name: "turn",
  ...more,
});
export const work = (key: Key, parent: Key, more: More<"work.started"> = {}): EventDraft => ({
  ...about,
  type: "work.started",
  kind: "agent",
  key,
  name: key,
  parent,
  ...more,
});
export const model = (key: Key, parent: Key, more: More<"model.started"> = {}): EventDraft => ({
  ...about,
  type: "model.started",
  key,
  name: key,
  parent,
  ...more,
});
export const tool = (key: Key, parent: Key, more: More<"tool.started"> = {}): EventDraft => ({
  ...about,
  type: "tool.started",
  key,
  name: key,
  parent,
  ...more,
});

export type Family = "turn" | "work" | "model" | "tool";
/** What every closing may say, whatever it closes. */
export const ended = (family: Family, key: Key, more: More<"work.ended"> = {}): EventDraft => ({
  ...about,
  key,
  outcome: ok,
  ...more,
  type: `${family}.ended`,
});

export const amended = (on: Key, mark: string, more: More<"span.amended"> = {}): EventDraft => ({
  ...about,
  type: "span.amended",
  on,
  mark,
  ...more,
});
export const handoff = (
  on: Key | null,
  mark: string,
  more: More<"handoff.made"> = {},
): EventDraft => ({ ...about, type: "handoff.made", on, mark, to: "other", ...more });
export const interrupt = (on: Key, wait: string): EventDraft => ({
  ...about,
  type: "interrupt.raised",
  on,
  mark: `mark of ${wait}`,
  wait,
});

/** All buckets known. */
export const tokens = (
  input: number,
  output: number = 0,
  cacheRead: number = 0,
  cacheWrite: number = 0,
): Usage => ({ input, cacheRead, cacheWrite, output, reasoning: 0 });
export const usage = (
  on: Key,
  mark: string,
  amount: Usage,
  more: More<"usage.reported"> = {},
): EventDraft => ({
  ...about,
  type: "usage.reported",
  on,
  mark,
  basis: "call",
  usage: amount,
  final: true,
  ...more,
});
export const total = (
  on: Key,
  mark: string,
  amount: Usage,
  more: More<"usage.reported"> = {},
): EventDraft => usage(on, mark, amount, { basis: "total", ...more });

export const spanId = (key: Key): SpanId => spanIdOf(session, key);
