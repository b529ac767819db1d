import type { ContentReader } from "../../journal/content.ts";
import type { SessionView } from "../../run-tree/run-tree.ts";
import { changeTo, type ContextChange } from "./context-change.ts";
import { contextReading } from "./context-reading.ts";
import { type CallReport, callReport, type ContextReport, reportOn } from "./context-report.ts";
import { type CallAddress, callAt, type ModelCall } from "./model-calls.ts";

/** What the model calls of a session were sent, as data. What one report needed, the next does not work out again. */
export interface Contexts {
  /** All model calls whose turn is known, in their order: the addresses that there are. */
  readonly calls: readonly CallReport[];
  /** Null: the session has no such call. */
  report(address: CallAddress): ContextReport | null;
  /**
   * The difference to the last call of the same conversation in an earlier turn; where the address names a call, or nothing but a subagent was
   * called in the turn, to the conversation's call right before. Null: the session has no such call.
   */
  change(address: CallAddress): ContextChange | null;
}

/** Pure: what it says follows from the view and from what the content reader still has. */
export function contextsOf(view: SessionView, content: ContentReader): Contexts {
  const reading = contextReading(view, content);
  const find = ({ call, turn }: CallAddress): ModelCall | undefined =>
    callAt(reading.callsIn(turn), call);
  return {
    calls: reading.calls.map(callReport),
    report(address) {
      const call = find(address);
      return call ? reportOn(call, reading) : null;
    },
    change(address) {
      const call = find(address);
      return call ? changeTo(call, address, reading) : null;
    },
  };
}

/** What one model call was sent. Who asks for many calls of a session asks `contextsOf`. Null: the session has no such call. */
export function contextReport(
  view: SessionView,
  content: ContentReader,
  address: CallAddress,
): ContextReport | null {
  return contextsOf(view, content).report(address);
}

/** What changed in what one model call was sent. Who asks for many calls of a session asks `contextsOf`. Null: the session has no such call. */
export function contextChange(
  view: SessionView,
  content: ContentReader,
  address: CallAddress,
): ContextChange | null {
  return contextsOf(view, content).change(address);
}
