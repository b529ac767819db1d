import type { DraftOf } from "@spoor/core";
import type { RunEnded, RunFailed } from "../native.ts";
import type { Run } from "../runs/run.ts";
import { said } from "../said.ts";
import { commandedHandoffsOf } from "./command.ts";
import { tellAbove, toldBelow } from "./told.ts";

type HandoffMade = DraftOf<"handoff.made">;

/** A tool that hands over says so with its answer; after that, the node that runs it throws the same. */
export function handoffsOfTool(native: RunEnded, run: Run): readonly HandoffMade[] {
  return run.role.opens === "tool"
    ? handoffsOf(native, run, commandedHandoffsOf(native.output))
    : [];
}

/** Told once, where it starts. Above that the same command comes up to the graph whose node goes on. */
export function handoffsOf(
  native: RunEnded | RunFailed,
  run: Run,
  targets: readonly string[],
): readonly HandoffMade[] {
  const told = toldBelow(run).handoffs;
  tellAbove(run, { handoffs: targets });
  return targets
    .filter((to) => !told.includes(to))
    .map((to, index) => ({
      type: "handoff.made",
      ...said(native, run.turn),
      on: run.span,
      mark: `${run.runId}:${index}`,
      to,
    }));
}
