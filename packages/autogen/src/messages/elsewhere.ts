import type { Key } from "@spoor/core";
import { Told } from "./told.ts";

/** What is told of the same runs outside of the recording that is read. What the journal holds stands; nobody can take it back. */
export interface Elsewhere {
  readonly recorded: Told;
  /** By logs and spans that are about to be recorded, each as it will be. */
  readonly logs: Told;
  /** By messages that are about to be recorded. */
  readonly messages: Told;
}

/** A recording that is read by itself. */
export const nothingElsewhere: Elsewhere = {
  recorded: new Told(),
  logs: new Told(),
  messages: new Told(),
};

/** What another witness has a span hang on: what is told of it first stands, so all have to say the same. */
export function parentElsewhere(
  { recorded, logs }: Elsewhere,
  session: string,
  key: Key,
): Key | undefined {
  for (const told of [recorded, logs]) {
    const parent = told.sessionOf(key) === null ? undefined : told.parentOf(key);
    if (parent !== undefined && (recorded.sessionOf(parent) ?? session) === session) return parent;
  }
  return undefined;
}

/** The run that another surface tells of under a name of its own: a tool call of one is a tool call of the other. */
export function sameRun(own: Told, run: Key, others: readonly Told[]): Key | null {
  for (const id of own.toolsIn(run))
    for (const other of others) {
      const found = own.toolCalled(id) === null ? null : other.toolCalled(id)?.run;
      if (found) return found;
    }
  return null;
}
