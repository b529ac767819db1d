import type { Key } from "@spoor/core";
import { fieldsOf } from "./narrow.ts";
import type { Item } from "./native.ts";
import type { Asked, Run } from "./run.ts";

/**
 * What a task stands on: the tool call that it is the argument of, where one is waiting; else the only one that is. A team's own task, and what
 * people say to it, stands on its run.
 */
export function taskOf(run: Run, { content }: Item): Key {
  const open = openCalls(run);
  const asked =
    open.find(({ input }) => content !== undefined && fieldsOf(input)["task"] === content) ??
    (open.length === 1 ? open[0] : undefined);
  if (asked === undefined) return run.turn;
  asked.isTask = true;
  return asked.key;
}

/** The tool call that an agent works for: one that is called like it, or the only one whose task has been told. */
export function caller(run: Run, source: string): Asked | undefined {
  const open = openCalls(run, source);
  const tasks = open.filter(({ isTask }) => isTask);
  return open.find(({ name }) => name === source) ?? (tasks.length === 1 ? tasks[0] : undefined);
}

/** Nobody calls itself. */
const openCalls = (run: Run, besides?: string): readonly Asked[] =>
  [...run.agents].flatMap(([source, { asked }]) =>
    source === besides ? [] : asked.filter((call) => !call.answered),
  );
