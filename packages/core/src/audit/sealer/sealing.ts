import { Buffer } from "node:buffer";
import { join } from "node:path";
import { setImmediate as turnOfOthers } from "node:timers/promises";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import type { LaneLock } from "../../journal/disk/lane-lock.ts";
import { entriesFile, segmentFolder } from "../../journal/disk/layout.ts";
import { removeIfPossible } from "../../journal/disk/replace-file.ts";
import { AuditError } from "../audit-error.ts";
import { asError } from "../../journal/disk/journal-error.ts";
import { type LaneKey, type LaneKeyPlace, laneKey } from "../keys/lane-key.ts";
import { randomKey } from "../keys/new-key.ts";
import type { TreeHead } from "../merkle/tree-head.ts";
import { formatCheckpoint } from "../notes/checkpoint.ts";
import { signNote } from "../notes/sign-note.ts";
import { formatVerifierKey } from "../notes/verifier-key.ts";
import { type Frontier, type Tile, rootOf } from "../tiles/frontier.ts";
import { encodeTile } from "../tiles/tile-bytes.ts";
import { tilePath } from "../tiles/tile-path.ts";
import { diskTiles } from "./disk-tiles.ts";
import type { DurableFiles } from "./durable-files.ts";
import type { EntryLine } from "./entry-lines.ts";
import { growTree, type GrownTree } from "./grow-tree.ts";
import { lastSealedText } from "./last-sealed.ts";
import type { SealOptions, SealOutcome } from "./seal-outcome.ts";
import {
  checkpointFile,
  lastSealedFile,
  readIfThere,
  sealFolder,
  verifierKeyFile,
  wasSealed,
} from "./seal-layout.ts";
import { type SignedTree, readSignedTree } from "./signed-tree.ts";
import { supersededPaths } from "./superseded-tiles.ts";
import { unsealedLines } from "./unsealed-lines.ts";
import type { Witnesses } from "./witnesses.ts";

export interface SealingOptions extends Omit<SealOptions, "witnesses"> {
  readonly lane: string;
  readonly folder: string;
  readonly lock: LaneLock;
  readonly files: FileSystem;
  readonly durable: DurableFiles;
  /** What whoever seals has signed itself. Null: nothing yet. */
  readonly remembered: TreeHead | null;
  readonly witnesses: Witnesses;
}

type LastPromise = Pick<SignedTree, "note" | "frontier" | "isOfFormerKey">;

const patienceMs = 10_000;

/** Where a lane's key is looked for, or made. */
export function keyPlaceOf(options: SealingOptions): LaneKeyPlace {
  const { folder, remembered, files } = options;
  const seal = sealFolder(folder);
  const isSealed = remembered !== null || wasSealed(seal, files);
  return { newKey: randomKey, patienceMs, ...options, seal, wasSealed: isSealed };
}

/** One lane, once, by whoever holds its seal. */
export class Sealing {
  readonly #options: SealingOptions;
  readonly #seal: string;

  constructor(options: SealingOptions) {
    this.#options = options;
    this.#seal = sealFolder(options.folder);
  }

  async seal(): Promise<SealOutcome> {
    const {
      lane,
      folder,
      files,
      durable,
      remembered,
      betweenSlices = turnOfOthers,
    } = this.#options;
    const seal = this.#seal;
    durable.clear(seal);
    const key = await laneKey(this.#options, keyPlaceOf(this.#options));
    const signed = readSignedTree(seal, key.signer.key, remembered, files);
    await this.#showKey(key);
    const { size } = signed.frontier;
    const { lastLeaf } = signed;
    const lines = await unsealedLines({ lane: folder, seal, size, lastLeaf, files, betweenSlices });
    const frontier = await this.#sealLines(signed, lines, key);
    if (!frontier) return { kind: "busy", lane };
    return {
      kind: "sealed",
      lane,
      ...headOf(frontier),
      added: frontier.size - size,
      key: key.signer.key,
      unwitnessed: await this.#witness(key, size),
      keyFile: key.file,
      isNewKey: key.isNew,
    };
  }

  /** Signs as often as there is more than should be lost. Null: somebody else has signed meanwhile, or holds the seal. */
  async #sealLines(
    tree: SignedTree,
    lines: Generator<EntryLine>,
    key: LaneKey,
  ): Promise<Frontier | null> {
    const { durable, betweenSlices = turnOfOthers } = this.#options;
    const write = (tiles: readonly Tile[]): Promise<void> => this.#write(tiles);
    let signed: LastPromise | null = tree;
    try {
      for (let isCut = true; isCut && signed;) {
        const grown: GrownTree = await growTree(signed.frontier, lines, write, betweenSlices);
        isCut = grown.isCut;
        const isDue = grown.last !== null || signed.isOfFormerKey;
        if (isDue) signed = await this.#sign(signed, grown, key);
      }
    } finally {
      lines.return(undefined);
    }
    // A sealing before this one may have failed behind its signature.
    await durable.settle();
    return signed && signed.frontier;
  }

  async #showKey({ signer }: LaneKey): Promise<void> {
    const { files, durable } = this.#options;
    const path = verifierKeyFile(this.#seal);
    const line = `${formatVerifierKey(signer.key)}\n`;
    if (readIfThere(path, files)?.toString() !== line) await durable.replace(path, line);
  }

  async #write(tiles: readonly Tile[]): Promise<void> {
    const { durable } = this.#options;
    await allOf(
      tiles.map((tile) =>
        durable.replace(join(this.#seal, tilePath(tile)), encodeTile(tile.hashes)),
      ),
    );
  }

  /** Null: somebody else has signed meanwhile, or holds the seal. */
  async #sign(
    signed: LastPromise,
    grown: GrownTree,
    { signer }: LaneKey,
  ): Promise<LastPromise | null> {
    const { folder, lock, files, durable } = this.#options;
    for (const segment of grown.segments)
      await durable.sync(entriesFile(segmentFolder(folder, segment)));
    await durable.settle();
    const { frontier } = grown;
    const checkpoint = { origin: signer.key.name, extensions: [], ...headOf(frontier) };
    const note = Buffer.from(await signNote(formatCheckpoint(checkpoint), [signer]));
    const before = readIfThere(checkpointFile(this.#seal), files);
    if (!lock.isHeld() || !isSame(before, signed.note)) return null;
    await durable.replace(checkpointFile(this.#seal), note);
    await durable.settle();
    await this.#tidy(signed, grown);
    return { note, frontier, isOfFormerKey: false };
  }

  /** The checkpoint is signed and lies on the disk before anybody else hears of it, and stands whatever becomes of this. */
  async #witness(key: LaneKey, lastSize: number): Promise<readonly AuditError[]> {
    try {
      return await this.#showToWitnesses(key, lastSize);
    } catch (cause) {
      const message = `the checkpoint was not shown to its witnesses: ${asError(cause).message}`;
      const fix = AuditError.is(cause) ? cause.fix : "Seal again.";
      return [new AuditError("UNWITNESSED", message, { fix, cause })];
    }
  }

  async #showToWitnesses({ signer }: LaneKey, lastSize: number): Promise<readonly AuditError[]> {
    const { witnesses, lock, files, durable } = this.#options;
    const path = checkpointFile(this.#seal);
    const before = witnesses.isEmpty ? null : readIfThere(path, files);
    if (!before) return [];
    const tiles = diskTiles(this.#seal, files);
    const { note, unwitnessed } = await witnesses.cosign(before, signer.key, lastSize, tiles);
    if (lock.isHeld() && isSame(before, readIfThere(path, files)) && !isSame(before, note)) {
      await durable.replace(path, note);
      await durable.settle();
    }
    return unwitnessed;
  }

  /** Conveniences, which the next sealing does without where they fail. */
  async #tidy({ frontier }: LastPromise, grown: GrownTree): Promise<void> {
    const { files, durable } = this.#options;
    const { size } = grown.frontier;
    if (grown.last) {
      const text = lastSealedText(size, grown.last);
      await durable.replace(lastSealedFile(this.#seal), text).catch(ignoreLostNote);
    }
    for (const path of supersededPaths(frontier.size, size))
      removeIfPossible(files, join(this.#seal, path));
  }
}

const headOf = (frontier: Frontier): TreeHead => ({ size: frontier.size, root: rootOf(frontier) });

/** Rejects when all have ended: what is under way when a sealing fails must not go on behind its back. */
async function allOf(writes: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(writes)).find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}

function isSame(left: Buffer | null, right: Buffer | null): boolean {
  return left === null || right === null ? left === right : Buffer.compare(left, right) === 0;
}

/** Without it, the next sealing counts. */
function ignoreLostNote(_error: unknown): void {
  return;
}
