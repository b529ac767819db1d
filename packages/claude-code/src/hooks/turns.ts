import type { EventDraft, Outcome } from "@spoor/core";
import { known, only, textOf } from "../narrow.ts";
import { compactionKey } from "../reduction/compaction.ts";
import { startSession } from "../reduction/marks.ts";
import type { Told } from "./reading.ts";

/** Begins with its first event, whatever that is. */
export const tellSession = ({ head }: Told): EventDraft => startSession(head, "session");

const notification = "<task-notification>";

/** A prompt sets off a turn: a person's, or one that the program writes in a person's place. */
export function* beginTurn(told: Told): Iterable<EventDraft> {
  const { input, head, turn } = told;
  if (turn === null) return;
  const prompt = textOf(input.prompt);
  yield {
    ...head,
    type: "turn.started",
    key: turn,
    name: "turn",
    trigger: triggerOf(textOf(input.source), prompt),
  };
  if (prompt !== undefined)
    yield { ...head, type: "span.amended", on: turn, mark: "prompt", input: prompt };
}

function triggerOf(source: string | undefined, prompt: string | undefined): string {
  if (prompt?.startsWith(notification) === true) return "task-notification";
  return source === undefined || source === "sdk" ? "user" : source;
}

/** The turn has its answer. It may be told several times, where a hook of the user's makes it go on: the first word stands. */
export function* endTurn({ head, turn, input }: Told, outcome: Outcome): Iterable<EventDraft> {
  if (turn === null) return;
  const words = textOf(input.last_assistant_message);
  yield {
    ...head,
    type: "turn.ended",
    key: turn,
    outcome,
    ...known(outcome.status === "ok" ? { output: words } : { detail: words }),
  };
}

export const failureOf = ({ input }: Told): Outcome => ({
  status: "error",
  errorType: textOf(input.error) ?? "unknown",
});

/** Asked for between two turns, a compaction is one by itself. */
export function* beginCompaction(told: Told): Iterable<EventDraft> {
  const { input, head, turn, session } = told;
  if (turn === null) return;
  if (input.trigger === "manual")
    yield { ...head, type: "turn.started", key: turn, name: "compact", trigger: "local_command" };
  session.compactions += 1;
  yield {
    ...head,
    type: "work.started",
    kind: "compaction",
    key: compactionKey(turn, session.compactions),
    name: "compaction",
    parent: turn,
    ...known({ native: only(input, compactionFacts) }),
  };
}

export function* endCompaction({ input, head, turn, session }: Told): Iterable<EventDraft> {
  if (turn === null) return;
  yield {
    ...head,
    type: "work.ended",
    key: compactionKey(turn, Math.max(1, session.compactions)),
    outcome: { status: "ok" },
    ...known({ output: textOf(input.compact_summary) }),
  };
  if (input.trigger === "manual")
    yield { ...head, type: "turn.ended", key: turn, outcome: { status: "ok" } };
}

const compactionFacts: ReadonlySet<string> = new Set(["trigger"]);
