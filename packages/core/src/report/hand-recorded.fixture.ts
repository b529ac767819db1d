import { contentReader } from "../journal/context-book.ts";
import type { ContentReader } from "../journal/content.ts";
import { memoryJournal } from "../journal/memory-journal.ts";
import { createRecorder } from "../recorder/recorder.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { createRunTree, type SessionView } from "../run-tree/run-tree.ts";
import { parseEvent } from "../schema/parse.ts";
import type { At, EventDraft } from "../vocabulary/event.ts";
import type { Usage } from "../vocabulary/usage.ts";

export interface Recorded {
  readonly view: SessionView;
  readonly content: ContentReader;
}

/** What a session looks like after these drafts went through a recorder, a journal and the fold. */
export function recordedSession(
  drafts: readonly EventDraft[],
  options: { readonly redact?: Redactor } = {},
): Recorded {
  const journal = memoryJournal();
  const recorder = createRecorder({ journal, clock: () => 0, recording: true, ...options });
  for (const draft of drafts) recorder.emit(draft);
  const tree = createRunTree();
  const content = contentReader(journal.reader());
  for (const { line } of journal.reader().entries()) {
    const parsed = parseEvent(JSON.parse(line));
    if (!parsed.ok) throw new Error(`expected an event, received ${line}`);
    tree.apply(parsed.event);
    content.apply(parsed.event);
  }
  const view = tree.session("s");
  if (!view) throw new Error("expected a session s");
  return { view, content };
}

/** Every draft of it says this first. */
export const said = { session: "s", source: "api" } as const;

const start = Date.UTC(2026, 0, 31, 8);

/** So many seconds after eight o'clock. */
export const second = (seconds: number): { readonly at: At } => ({
  at: { ms: start + seconds * 1_000 },
});

export const tokens = (input: number, output: number, cacheRead = 0): Usage => ({
  input,
  cacheRead,
  cacheWrite: 0,
  output,
  reasoning: null,
});

/** Asks, is interrupted by a person, goes on after the answer; then a second turn fails; and one tool belongs nowhere. */
export const interruptedSession: readonly EventDraft[] = [
  {
    ...said,
    ...second(0),
    type: "session.started",
    on: null,
    mark: "session",
    framework: "by hand",
    userId: "ada",
    tags: ["night"],
  },
  { ...said, ...second(1), type: "turn.started", key: "t1", name: "turn", input: "delete it" },
  {
    ...said,
    ...second(2),
    type: "model.started",
    key: "m1",
    parent: "t1",
    name: "small-1",
    context: { instructions: "be careful", messages: ["delete it"] },
  },
  {
    ...said,
    ...second(3),
    type: "model.ended",
    key: "m1",
    outcome: { status: "ok" },
    finishReason: "tool_use",
    model: "small-1-2026",
  },
  {
    ...said,
    type: "usage.reported",
    on: "m1",
    mark: "final",
    basis: "call",
    usage: tokens(100, 20, 50),
    final: true,
  },
  {
    ...said,
    ...second(4),
    type: "interrupt.raised",
    on: "t1",
    mark: "i1",
    wait: "approval",
    payload: { ask: "sure?" },
  },
  { ...said, ...second(4), type: "turn.ended", key: "t1", outcome: { status: "suspended" } },
  {
    ...said,
    ...second(10),
    type: "turn.started",
    key: "t1b",
    name: "turn",
    input: "yes",
    resumes: "approval",
  },
  {
    ...said,
    ...second(11),
    type: "tool.started",
    key: "toolu_1",
    parent: "t1b",
    causedBy: "m1",
    name: "delete",
    toolCallId: "toolu_1",
  },
  { ...said, ...second(12), type: "tool.ended", key: "toolu_1", outcome: { status: "ok" } },
  {
    ...said,
    ...second(13),
    type: "turn.ended",
    key: "t1b",
    outcome: { status: "ok" },
    output: "gone",
  },
  {
    ...said,
    type: "usage.reported",
    on: "t1b",
    mark: "total",
    basis: "total",
    usage: tokens(7, 3),
    final: true,
    reportedUsd: 0.25,
  },
  { ...said, ...second(20), type: "turn.started", key: "t2", name: "turn", input: "and now?" },
  {
    ...said,
    ...second(21),
    type: "turn.ended",
    key: "t2",
    outcome: { status: "error", errorType: "Overloaded" },
    detail: "try later",
  },
  { ...said, ...second(30), type: "tool.started", key: "stray", name: "search" },
];
