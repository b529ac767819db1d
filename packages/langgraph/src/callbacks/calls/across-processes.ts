import type { DraftOf, Key } from "@spoor/core";
import type { RunEnded } from "../native.ts";
import type { Run } from "../runs/run.ts";
import type { Turn } from "../runs/turn.ts";
import { said } from "../said.ts";

/** A turn that waits leaves the models whose tool calls nobody has answered a name that the process which goes on can say. */
export function callsLeft(
  native: RunEnded,
  { parent, turn }: Run,
): readonly DraftOf<"span.amended">[] {
  const wait = turn.waitsAt;
  if (parent !== null || wait === undefined) return [];
  return turn.calls.unsettled().map(({ id, requester }) => {
    const alias = nameOf(wait, id);
    return { type: "span.amended", ...said(native, turn), on: requester, mark: alias, alias };
  });
}

/** Who asked for a call that no model of this process was seen to ask for: whoever did before the wait that the turn went on from. */
export function askedBefore(toolCallId: string | undefined, turn: Turn): Key | undefined {
  const wait = turn.wentOnFrom;
  return wait === undefined || toolCallId === undefined ? undefined : nameOf(wait, toolCallId);
}

function nameOf(wait: string, toolCallId: string): Key {
  return `asked:${wait}:${toolCallId}`;
}
