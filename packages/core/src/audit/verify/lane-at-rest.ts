import {
  contentFolder,
  keysFolder,
  namesIn,
  segmentFolder,
  segmentNumbers,
} from "../../journal/disk/layout.ts";
import { Findings } from "./findings.ts";
import { lanePlace } from "./lane-place.ts";
import { verifyReadableLane } from "./readable-lane.ts";
import type { LaneAlone, LaneTask } from "./verify-lane.ts";

/** Whoever removes as fast as this reads is not waited for. */
const mostReadings = 3;

/**
 * A lane as it was at one moment: where the bound or an erasure has taken something away while it was read, what was found may be half of what was there
 * before and half of what is there now, so it is read again.
 */
export function verifyLaneAtRest(task: LaneTask): LaneAlone {
  const { folder } = lanePlace(task.dir, task.number);
  for (let reading = 1; ; reading += 1) {
    const before = removableIn(folder);
    const findings = new Findings();
    const lane = verifyReadableLane({ ...task, findings });
    const after = new Set(removableIn(folder));
    if (reading === mostReadings || before.every((one) => after.has(one))) {
      task.findings.take(findings);
      return lane;
    }
  }
}

/** What may lawfully go from a lane while others read it. */
function removableIn(folder: string): readonly string[] {
  const contents = segmentNumbers(folder).flatMap((number) => {
    const segment = segmentFolder(folder, number);
    return [segment, ...namesIn(contentFolder(segment)).map((name) => `${segment} ${name}`)];
  });
  return [...contents, ...namesIn(keysFolder(folder))];
}
