import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import {
  type LaneSealing,
  type PublishedLane,
  publishLane,
  rotateKey,
  sealJournal,
  type VerifierKey,
} from "@spoor/core/audit";
import { configHere } from "../config-here.ts";
import type { Io } from "../io.ts";

/** What became of one lane. */
export interface LaneReport {
  readonly sealing: LaneSealing;
  /** The key that signed before; null: the same. */
  readonly formerKey: VerifierKey | null;
  /** Null: nobody asked for it, or the lane has no seal. */
  readonly published: PublishedLane | null;
  /** Why it could not be published; null: it was, or nobody asked for it. */
  readonly unpublished: Error | null;
}

type SealAll = () => Promise<readonly LaneSealing[]>;

const lookAgainMs = 100;
const mostLooks = 50;

export interface SealingTask {
  readonly folder: string;
  /** Null: nowhere. */
  readonly publishTo: string | null;
  /** Whether keys that lie beside their logs are followed by new ones. */
  readonly newKeys: boolean;
}

/** Seals each lane of a folder with the key that the config of this directory names for it, and does with it what else is asked for. */
export async function sealLanes(
  { folder, publishTo, newKeys }: SealingTask,
  io: Io,
): Promise<readonly LaneReport[]> {
  const reports: LaneReport[] = [];
  for (const sealed of await patiently(await sealAllOf(folder, io), io)) {
    const { sealing, formerKey } = newKeys
      ? await withNewKey(sealed, folder)
      : { sealing: sealed, formerKey: null };
    const to = publishTo === null ? null : resolve(io.cwd, publishTo);
    reports.push({ sealing, formerKey, ...(await publication(folder, sealing.lane, to)) });
  }
  return reports;
}

/** A key that lies elsewhere is followed by another where it lies. */
async function withNewKey(
  sealed: LaneSealing,
  dir: string,
): Promise<Pick<LaneReport, "sealing" | "formerKey">> {
  if (sealed.kind !== "sealed" || sealed.keyFile === null || sealed.isNewKey)
    return { sealing: sealed, formerKey: null };
  const { lane, key: formerKey, added } = sealed;
  try {
    const sealing = await rotateKey(lane, { dir });
    if (sealing.kind !== "sealed") return { sealing, formerKey: null };
    return { sealing: { ...sealing, added: added + sealing.added }, formerKey };
  } catch (error) {
    return { sealing: { kind: "failed", lane, error: asError(error) }, formerKey: null };
  }
}

/** A config says it only of its own journal: another folder may be sealed with another key. */
async function sealAllOf(folder: string, io: Io): Promise<SealAll> {
  const { journal } = await configHere(io);
  const isOwn = typeof journal === "object" && isSameFolder(journal.dir, folder);
  const seal = isOwn ? journal.seal : undefined;
  return seal ? () => seal.sealAll(folder) : () => sealJournal({ dir: folder, clock: io.now });
}

/** Whatever way leads there: a made-up key under a made-up name would be another log for ever. */
function isSameFolder(dir: string | undefined, folder: string): boolean {
  return dir !== undefined && existsSync(dir) && realpathSync(dir) === realpathSync(folder);
}

/** Whoever seals a lane at this moment has it for a moment only. */
async function patiently(sealAll: SealAll, io: Io): Promise<readonly LaneSealing[]> {
  let sealings = await sealAll();
  for (let look = 0; look < mostLooks && sealings.some(isBusy); look += 1) {
    await io.pause(lookAgainMs, new AbortController().signal);
    const again = new Map((await sealAll()).map((sealing) => [sealing.lane, sealing]));
    sealings = sealings.map((sealing) =>
      isBusy(sealing) ? (again.get(sealing.lane) ?? sealing) : sealing,
    );
  }
  return sealings;
}

const isBusy = ({ kind }: LaneSealing): boolean => kind === "busy";

async function publication(
  dir: string,
  lane: string,
  to: string | null,
): Promise<Pick<LaneReport, "published" | "unpublished">> {
  if (to === null) return { published: null, unpublished: null };
  try {
    return { published: await publishLane(lane, { dir, to }), unpublished: null };
  } catch (error) {
    return { published: null, unpublished: asError(error) };
  }
}

const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));
