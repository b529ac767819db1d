import type { Recorder } from "@spoor/core";
import { memberOf } from "../callbacks/reading.ts";
import { carrierIn } from "./carrier.ts";
import type { Loops, Standing } from "./loops.ts";
import { addressIn, type Loaded } from "./native.ts";

/** A turn that goes on from something its journal does not know is told where it began, as the checkpoint says. */
export function continues(
  config: unknown,
  { run }: Standing,
  loaded: Loaded,
  { loops, recorder }: { readonly loops: Loops; readonly recorder: Recorder },
): void {
  const carrier = carrierIn(loaded.metadata);
  if (run === null || !run.resumes || carrier === null || isReplay(config, loaded)) return;
  loops.continues(run, carrier);
  if (run.context !== null) return;
  recorder.emit({
    type: "span.amended",
    session: run.session,
    source: "checkpointer",
    on: run.turn,
    mark: "carrier",
    parent: carrier,
  });
}

/** The caller went back to a checkpoint at which nothing waits: that is another turn. */
function isReplay(config: unknown, { pendingWrites }: Loaded): boolean {
  if (addressIn(config)?.checkpoint === undefined) return false;
  return !pendingWrites.some((write) => memberOf(write, "1") === "__interrupt__");
}
