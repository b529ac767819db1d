import { nodeFileSystem, type FileSystem } from "./file-system.ts";
import { syncFolder } from "./group-commit.ts";
import {
  contentFolder,
  erasuresFolder,
  keysFolder,
  segmentFolder,
  segmentNumbers,
  waitsFolder,
} from "./layout.ts";

/** What was erased from a lane does not come back with a power cut once this has resolved. Whoever erased it. Rejects with what the disk says. */
export async function syncErased(
  dir: string,
  lane: string,
  files: FileSystem = nodeFileSystem,
): Promise<void> {
  const content = segmentNumbers(lane).map((number) => contentFolder(segmentFolder(lane, number)));
  const folders = [...content, keysFolder(lane), waitsFolder(dir), dir, lane, erasuresFolder(lane)];
  for (const folder of folders) await syncFolder(folder, files);
}
