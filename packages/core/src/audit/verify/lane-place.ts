import { relative, sep } from "node:path";
import { laneFolder } from "../../journal/disk/layout.ts";
import { sealFolder, sealingFolder } from "../sealer/seal-layout.ts";

/** Which lane is being verified, and how findings name its files. */
export interface LanePlace {
  readonly lane: string;
  readonly folder: string;
  /** The folder of its log. */
  readonly seal: string;
  /** Where whoever seals the lane says so. */
  readonly sealing: string;
  /** A path under the journal's folder, with slashes. */
  readonly nameOf: (path: string) => string;
}

export function lanePlace(dir: string, number: number): LanePlace {
  const folder = laneFolder(dir, number);
  const sealing = laneFolder(sealingFolder(dir), number);
  const nameOf = (path: string): string => relative(dir, path).split(sep).join("/");
  return { lane: String(number), folder, seal: sealFolder(folder), sealing, nameOf };
}
