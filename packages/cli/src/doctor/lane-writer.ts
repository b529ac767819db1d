import { hostname } from "node:os";
import { type LaneHolder, lanesIn } from "@spoor/core";
import type { LaneState, LaneWriter } from "./diagnosis.ts";

/** Who writes a lane, or did. */
export type LaneWriting = Pick<LaneState, "writer" | "vanished">;

const nobody: LaneWriter = { state: "none", pid: null, host: null, takenAt: null };

/** Who writes each lane of a journal, by its name. Takes nothing and changes nothing. */
export function laneWriters(dir: string): ReadonlyMap<string, LaneWriting> {
  return new Map(
    lanesIn(dir).map(({ lane, holder, vanished }) => [
      lane,
      {
        writer: holder ? writerOf(holder) : nobody,
        vanished: vanished && { pid: vanished.pid, takenAt: vanished.takenAt },
      },
    ]),
  );
}

function writerOf({ host, pid, takenAt }: LaneHolder): LaneWriter {
  return { state: host === hostname() ? "writing" : "elsewhere", pid, host, takenAt };
}
