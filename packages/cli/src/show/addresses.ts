import type { CallAddress, Contexts } from "@spoor/core/report";
import { BadInput } from "../bad-input.ts";
import { plural } from "../printing/output.ts";

/** `4`, `4.2` or `last`. Throws `BadInput` for anything else. */
export function readAddress(option: string, asked: string, turns: number): CallAddress {
  if (asked === "last") return { turn: Math.max(0, turns - 1) };
  const [, turn, call] = /^(\d+)(?:\.([1-9]\d*))?$/.exec(asked) ?? [];
  if (turn === undefined || (call !== undefined && option === "--turn"))
    throw new BadInput(`${option} takes the number of a turn, from 0, or last, not ${asked}`);
  return { turn: Number(turn), call: call === undefined ? undefined : Number(call) };
}

/** Why there is no such call. */
export function noCall({ turn, call }: CallAddress, contexts: Contexts, turns: number): BadInput {
  if (turn >= turns) return noTurn(turn, turns);
  const calls = contexts.calls.filter((other) => other.turn === turn).length;
  return calls === 0
    ? new BadInput(`turn ${turn} has no model call, so nothing was sent to a model in it`)
    : new BadInput(`turn ${turn} has ${plural(calls, "model call")}, so none ${turn}.${call}`);
}

/** Why there is no such turn. */
export function noTurn(turn: number, turns: number): BadInput {
  if (turns === 0) return new BadInput("no turn of the session is known");
  const there = turns === 1 ? "turn 0 only" : `turns 0 to ${turns - 1}`;
  return new BadInput(`the session has no turn ${turn}: it has ${there}`);
}
