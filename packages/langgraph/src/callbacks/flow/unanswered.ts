import type { DraftOf, Outcome } from "@spoor/core";
import type { RunFailed, StartedCallback } from "../native.ts";
import type { Run } from "../runs/run.ts";
import type { Turn } from "../runs/turn.ts";
import { said } from "../said.ts";
import { goesOn, isCommand } from "./command.ts";
import type { Thread } from "./continuation.ts";

/** New input where the same graph waits: LangGraph begins anew from it, and what waited can only be gone back to. */
export function overtakes(
  native: StartedCallback,
  turn: Turn,
  waiting: Thread["waiting"],
): readonly DraftOf<"interrupt.resolved">[] {
  const wait = waiting?.waitsAt;
  if (wait === undefined || waiting?.name !== turn.name || !isNewInput(native)) return [];
  const about = { ...said(native, turn), on: turn.key, mark: wait } as const;
  return [{ type: "interrupt.resolved", ...about, wait, native: { by: "new input" } }];
}

/** With null and with commands LangGraph goes on from where the thread stands. */
function isNewInput(native: StartedCallback): boolean {
  return native.kind === "chain.started" && !goesOn(native.inputs) && !isCommand(native.inputs);
}

/** An activation that went on from a wait and ended before its graph came any further: LangGraph still waits for an answer there. */
export function waitsAgain(
  native: RunFailed,
  { parent, turn }: Run,
  { status }: Outcome,
): readonly DraftOf<"interrupt.raised">[] {
  const { resumes, resolves } = turn.continuation;
  const isOver = status === "ok" || status === "suspended";
  if (parent !== null || isOver || resumes === undefined || resolves === undefined) return [];
  if (turn.steps?.first !== turn.steps?.latest) return [];
  const wait = turn.wentOnFrom ?? resolves.wait ?? (resumes === true ? turn.key : resumes);
  turn.waitsAt = wait;
  turn.waitsAgain = true;
  const about = { ...said(native, turn), on: turn.key, mark: `${wait}:again` } as const;
  return [{ type: "interrupt.raised", ...about, wait, native: { status: "unanswered" } }];
}
