import { writeSync } from "node:fs";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import { laneFolder } from "../../journal/disk/layout.ts";
import { sealLane } from "./seal-lane.ts";
import { checkpointFile, readIfThere, sealFolder } from "./seal-layout.ts";

/** Seals lane 0 of the journal in a folder until it is killed, and prints each checkpoint that it sees there, as JSON. */
const [dir = ""] = process.argv.slice(2);
const path = checkpointFile(sealFolder(laneFolder(dir, 0)));
let seen: string | null = null;
for (;;) {
  await sealLane("0", { dir });
  const note: string = readIfThere(path, nodeFileSystem)?.toString() ?? "";
  if (note !== seen) writeSync(1, `${JSON.stringify(note)}\n`);
  seen = note;
}
