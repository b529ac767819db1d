import type { Key } from "@spoor/core";
import { askedBefore } from "../calls/across-processes.ts";
import type { StartedCallback } from "../native.ts";
import { listOf } from "../reading.ts";
import type { Run } from "./run.ts";
import { graphOf } from "./run.ts";
import type { Runs } from "./runs.ts";

/** What brought a run about, beside its parent: of a tool, the model call that asked for it; of an error handler, the node that failed. */
export function causeOf(native: StartedCallback, run: Run, runs: Runs): Key | undefined {
  if (native.kind === "tool.started") {
    const above = run.parent?.runId ?? "";
    const asked = run.turn.calls.begun(native.toolCallId, run.name, above, graphOf(run));
    return asked ?? askedBefore(native.toolCallId, run.turn);
  }
  return handlesError(native) ? runs.outerTaskOf(native)?.span : undefined;
}

/** Its path holds the node that failed, and then itself. */
function handlesError({ metadata, runName }: StartedCallback): boolean {
  const [pushed, failed, handler] = listOf(metadata["langgraph_path"]);
  return pushed === "__pregel_push" && typeof failed === "string" && handler === runName;
}
