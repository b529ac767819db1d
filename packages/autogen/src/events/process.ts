import { hash } from "node:crypto";
import type { Key } from "@spoor/core";
import type { Elsewhere } from "../messages/elsewhere.ts";
import { looseSession } from "../messages/told.ts";
import { answerOf } from "./calls.ts";
import type { Clock } from "./clock.ts";
import type { LogLine } from "./native.ts";

/** What a log tells outside of teams: agents that run by themselves, and a runtime's own. No line says which run it is of, so all of it is one turn, which nobody sees ending. */
export interface Process {
  readonly session: string;
  readonly source: "log";
  readonly elsewhere: Elsewhere;
  readonly clock: Clock;
  isStarted: boolean;
  lines: number;
  /** Of what is alike, how often it came. */
  readonly like: Map<string, number>;
  readonly tools: PendingTool[];
}

/** A tool call that a model outside of teams has asked for, and that has not returned. Null: messages tell of it. */
export interface PendingTool {
  readonly key: Key | null;
  readonly name: string | undefined;
  readonly input: string;
}

export const processTurn: Key = "log";

/** Named after the first answer of a model, or whatever its first line says. */
export function createProcess(
  first: LogLine,
  { elsewhere, clock }: Pick<Process, "elsewhere" | "clock">,
): Process {
  const id =
    answerOf(first.fields).id ??
    hash("sha256", JSON.stringify([first.writtenAt, first.fields])).slice(0, 32);
  return {
    session: `${looseSession}${id}`,
    source: "log",
    elsewhere,
    clock,
    isStarted: false,
    lines: 0,
    like: new Map(),
    tools: [],
  };
}
