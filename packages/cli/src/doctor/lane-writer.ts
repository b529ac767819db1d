import { hostname } from "node:os";
import { type LaneHolder, lanesIn } from "@spoor/core";
import type { LaneWriter } from "./diagnosis.ts";

const nobody: LaneWriter = { state: "none", pid: null, host: null, takenAt: null };

/** Who writes each lane of a journal, by its name. Takes nothing and changes nothing. */
export function laneWriters(dir: string): ReadonlyMap<string, LaneWriter> {
  return new Map(
    lanesIn(dir).map(({ lane, holder }) => [lane, holder ? writerOf(holder) : nobody]),
  );
}

function writerOf({ host, pid, takenAt }: LaneHolder): LaneWriter {
  return { state: host === hostname() ? "writing" : "elsewhere", pid, host, takenAt };
}
