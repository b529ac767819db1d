import { type Stats, statSync } from "node:fs";
import { resolve } from "node:path";
import { keyFile, checkpointFile } from "../sealer/seal-layout.ts";
import { Findings } from "./findings.ts";
import { lanePlace } from "./lane-place.ts";
import { readOwnCheckpoint } from "./own-checkpoint.ts";
import { noTrust } from "./trust.ts";

/** What a glance tells of a lane's seal: nothing of it is recomputed. */
export interface SealStanding {
  /** What the log calls itself; null: the lane is not sealed. */
  readonly origin: string | null;
  /** How many entries the checkpoint says that it covers; null: there is none that can be read. */
  readonly size: number | null;
  /** When the checkpoint was written last, in milliseconds since the epoch. */
  readonly writtenAt: number | null;
  /** Why it is not to be believed, with the key that lies beside it. */
  readonly problems: readonly string[];
  /** Others than its owner may read the private key that lies beside the log. */
  readonly keyIsExposed: boolean;
}

/** Throws what the file system says where something cannot be read. */
export function sealStanding(dir: string, lane: string): SealStanding {
  const place = lanePlace(resolve(dir), Number(lane));
  const findings = new Findings();
  const { origin, said } = readOwnCheckpoint(place, noTrust, findings);
  return {
    origin,
    size: said?.size ?? null,
    writtenAt: statusOf(checkpointFile(place.seal))?.mtimeMs ?? null,
    problems: findings.findings.map(({ message }) => message),
    keyIsExposed: ((statusOf(keyFile(place.seal))?.mode ?? 0) & forOthers) !== 0,
  };
}

/** Whoever may write a key may put another in its place. */
const forOthers = 0o077;

const statusOf = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });
