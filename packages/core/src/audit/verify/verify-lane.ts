import { standingOf } from "../../journal/disk/lane-holder.ts";
import { formatVerifierKey } from "../notes/verifier-key.ts";
import { compareEpochs } from "./compare-epochs.ts";
import type { Findings } from "./findings.ts";
import { lanePlace } from "./lane-place.ts";
import type { OpenTurns } from "./open-turns.ts";
import { compareOutside, openOutside, sightingsIn } from "./outside-checkpoints.ts";
import { readOwnCheckpoint } from "./own-checkpoint.ts";
import { RebuiltTree } from "./rebuilt-tree.ts";
import { SealTiles } from "./seal-tiles.ts";
import type { Trust } from "./trust.ts";
import type { LaneVerification } from "./verification.ts";
import { verifyEntries } from "./verify-entries.ts";
import { verifySeal } from "./verify-seal.ts";

export interface LaneTask {
  /** Of the journal. */
  readonly dir: string;
  readonly number: number;
  readonly trust: Trust;
  /** Is told what was found. */
  readonly findings: Findings;
  /** Is told of the turns; another lane may say how they ended. */
  readonly turns: OpenTurns;
}

/** All that can be said of a lane by itself. */
export type LaneAlone = Omit<LaneVerification, "openTurns">;

/**
 * A lane, recomputed from its bytes: entries, the values that they refer to, the tree over them, the tiles, the checkpoint. The seal is read
 * before the entries, so that what is written meanwhile is not sealed yet, rather than missing.
 */
export function verifyLane({ dir, number, trust, findings, turns }: LaneTask): LaneAlone {
  const place = lanePlace(dir, number);
  const { lane } = place;
  const own = readOwnCheckpoint(place, trust, findings);
  const outside = openOutside(lane, own, trust, findings);
  const witnessed = sightingsIn(own.opened ? [own.opened, ...outside] : outside);
  const { epochs } = own.believed;
  const sizes = [...outside.map(({ checkpoint }) => checkpoint), ...epochs].map(({ size }) => size);
  const tiles = new SealTiles(place.seal);
  const tree = new RebuiltTree(tiles, own.said?.size ?? 0, sizes);
  const { placeOf, ...entries } = verifyEntries({ place, tree, witnessed, turns, findings });
  const seal = verifySeal({ place, own, tree, tiles, placeOf, findings });
  compareEpochs(lane, epochs, tree, findings);
  const contains = outside.flatMap(
    (opened) => compareOutside(lane, opened, tree, own.said, findings) ?? [],
  );
  const [key] = own.opened?.signedBy ?? [];
  const total = entries.entries + entries.removed;
  return {
    lane,
    readable: true,
    origin: own.origin,
    key: key ? formatVerifierKey(key) : null,
    keyFrom: own.keyFrom,
    ...entries,
    vanished: vanishedFrom(place.folder),
    ...seal,
    unsealed: Math.min(entries.entries, Math.max(0, total - (own.said?.size ?? 0))),
    tilesAhead: Math.max(0, tiles.size - total),
    witnessed,
    contains,
  };
}

function vanishedFrom(lane: string): LaneVerification["vanished"] {
  const { vanished } = standingOf(lane);
  return vanished && { pid: vanished.pid, takenAt: vanished.takenAt };
}
