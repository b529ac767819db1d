import type { SessionView } from "../../run-tree/run-tree.ts";
import type { Span } from "../../run-tree/span.ts";
import { turnsIn } from "../turn.ts";
import { type Lane, lanesOf } from "./lanes.ts";

/** A model call by its place: the turn from 0, as everywhere, and which of the turn's calls it is, from 1. */
export interface ModelCall {
  readonly turn: number;
  readonly call: number;
  /** How many the turn has. */
  readonly calls: number;
  readonly lane: Lane;
  readonly span: Span;
}

/** Which call is meant; without `call`, the turn's last one that no tool call runs, so none of a subagent where there is another. */
export interface CallAddress {
  readonly turn: number;
  readonly call?: number | undefined;
}

/** All model calls of a session whose turn is known, in their order. */
export function modelCallsIn({ spans }: SessionView): readonly ModelCall[] {
  const lanes = lanesOf(spans);
  return turnsIn(spans).flatMap((turn, index) => {
    const calls = turn.spans.filter(({ kind }) => kind === "model");
    return calls.map((span, place) => ({
      turn: index,
      call: place + 1,
      calls: calls.length,
      lane: lanes.get(span.spanId) ?? { agent: span.agent, within: null },
      span,
    }));
  });
}

/** Of the calls of one turn, the one that is meant. */
export function callAt(
  calls: readonly ModelCall[],
  named: number | undefined,
): ModelCall | undefined {
  if (named !== undefined) return calls.find(({ call }) => call === named);
  return calls.findLast(({ lane }) => lane.within === null) ?? calls.at(-1);
}
