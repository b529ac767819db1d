import type { DraftOf, JsonValue } from "@spoor/core";
import { commandedRouteOf, routeOf } from "./command.ts";
import type { RunEnded } from "../native.ts";
import type { Run } from "../runs/run.ts";
import { isStep } from "../runs/run.ts";
import { said } from "../said.ts";

type Decision = DraftOf<"decision.made">;

/** Where the graph goes next: a router says it with its output, a node with the commands in its own. On the node either way. */
export function decisionsOf(native: RunEnded, run: Run): readonly Decision[] {
  const choice = choiceOf(native.output, run);
  if (choice === undefined) return [];
  return [
    {
      type: "decision.made",
      ...said(native, run.turn),
      on: run.span,
      mark: run.runId,
      kind: "route",
      choice,
    },
  ];
}

function choiceOf(output: unknown, run: Run): JsonValue | undefined {
  if (run.role.opens === null) return run.role.router ? routeOf(output) : undefined;
  const places = isStep(run) ? commandedRouteOf(output) : [];
  return places.length > 1 ? places : places[0];
}
