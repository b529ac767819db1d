import type { SpanId } from "../../vocabulary/event.ts";
import type { ContextPart } from "./context-part.ts";
import type { ContextReading } from "./context-reading.ts";
import { type CallReport, callReport, type ContextReport, reportOn } from "./context-report.ts";
import { type MessageChange, messageChanges } from "./message-changes.ts";
import type { CallAddress, ModelCall } from "./model-calls.ts";
import { type TextChange, textChange, wholeText } from "../text/text-change.ts";

/** What a model call was sent, against the call before it: `spoor show --diff --json`. Fields are added, their meanings never change. */
export interface ContextChange {
  readonly session: string;
  readonly call: CallReport;
  /** What it is held against; null: the conversation begins with this call, as far as is known. */
  readonly before: CallReport | null;
  readonly basis: ContextReport["basis"];
  /** What of either of the two is not in this journal, so that nobody can tell whether it changed. */
  readonly unknown: ContextReport["unknown"];
  /** What compacted the conversation between the two. */
  readonly compactions: readonly { readonly turn: number; readonly spanId: SpanId }[];
  readonly instructions: PartChange;
  readonly tools: PartChange;
  /** Null: of one of the two, the list is gone in part. */
  readonly messages: readonly MessageChange[] | null;
}

export interface PartChange {
  readonly change: "none" | "same" | "added" | "cut" | "changed";
  /** Of the part before and now; null where there is none, or it is not here. */
  readonly bytes: readonly [number | null, number | null];
  /** Where it changed. */
  readonly text: TextChange | null;
}

export function changeTo(
  call: ModelCall,
  address: CallAddress,
  reading: ContextReading,
): ContextChange {
  const earlier = callBefore(call, address, reading);
  const now = reportOn(call, reading);
  const then = earlier ? reportOn(earlier, reading) : null;
  const isListed = now.messages !== null && (then === null || then.messages !== null);
  return {
    session: reading.session,
    call: callReport(call),
    before: earlier ? callReport(earlier) : null,
    basis: now.basis,
    unknown: [...new Set([...now.unknown, ...(then?.unknown ?? [])])],
    compactions: compactionsBetween(earlier, call, reading),
    instructions: partChange(then?.instructions ?? null, now.instructions),
    tools: partChange(then?.tools ?? null, now.tools),
    messages: isListed ? messageChanges(then?.messages ?? [], now.messages ?? []) : null,
  };
}

/**
 * The last call of the same conversation in an earlier turn; where the address names a call, or the conversation is that of a tool call, the one right
 * before. A request that was recorded is held against one that was, too.
 */
function callBefore(
  call: ModelCall,
  { call: named }: CallAddress,
  { laneOf }: ContextReading,
): ModelCall | null {
  const lane = laneOf(call);
  const isAnyTurn = named !== undefined || call.lane.within !== null;
  const earlier = lane
    .slice(0, lane.indexOf(call))
    .findLast(
      ({ span, turn }) =>
        (span.context === null) === (call.span.context === null) && (isAnyTurn || turn < call.turn),
    );
  return earlier ?? null;
}

function compactionsBetween(
  earlier: ModelCall | null,
  call: ModelCall,
  { calls, compactions }: ContextReading,
): ContextChange["compactions"] {
  if (!earlier || call.lane.within !== null) return [];
  const [from, to] = [calls.indexOf(earlier), calls.indexOf(call)];
  return compactions
    .filter(({ beforeCall }) => beforeCall > from && beforeCall <= to)
    .map(({ turn, spanId }) => ({ turn, spanId }));
}

function partChange(before: ContextPart | null, after: ContextPart | null): PartChange {
  const bytes = [before?.bytes ?? null, after?.bytes ?? null] as const;
  if (before && after) {
    const same = before.state === after.state && before.hash === after.hash;
    return same
      ? { change: "same", bytes, text: null }
      : { change: "changed", bytes, text: textChange(before.value, after.value) };
  }
  if (before) return { change: "cut", bytes, text: wholeText("cut", before.value) };
  if (after) return { change: "added", bytes, text: wholeText("added", after.value) };
  return { change: "none", bytes, text: null };
}
