import { existsSync, statSync } from "node:fs";
import {
  entriesFile,
  laneFolder,
  laneNumbers,
  segmentFolder,
  segmentNumbers,
} from "../journal/disk/layout.ts";
import { indexPath } from "./open-index.ts";

/** Some 100,000 entries: who reads all of them twice could have made an index. */
const muchBytes = 32 * 1024 * 1024;

/** Whether one session is read faster with an index: there is one, or the journal is large. */
export function searchPays(dir: string): boolean {
  if (existsSync(indexPath(dir))) return true;
  let bytes = 0;
  for (const number of laneNumbers(dir)) {
    const lane = laneFolder(dir, number);
    for (const segment of segmentNumbers(lane)) {
      const entries = statSync(entriesFile(segmentFolder(lane, segment)), {
        throwIfNoEntry: false,
      });
      bytes += entries?.size ?? 0;
      if (bytes > muchBytes) return true;
    }
  }
  return false;
}
