import { Buffer } from "node:buffer";
import { join } from "node:path";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import type { LaneLock } from "../../journal/disk/lane-lock.ts";
import { entriesFile, segmentFolder } from "../../journal/disk/layout.ts";
import { removeIfPossible } from "../../journal/disk/replace-file.ts";
import { type LaneKey, laneKey } from "../keys/lane-key.ts";
import { randomKey } from "../keys/new-key.ts";
import type { AuditError } from "../merkle/audit-error.ts";
import type { TreeHead } from "../merkle/tree-head.ts";
import { formatCheckpoint } from "../notes/checkpoint.ts";
import { signNote } from "../notes/sign-note.ts";
import { formatVerifierKey } from "../notes/verifier-key.ts";
import { type Frontier, type Tile, rootOf } from "../tiles/frontier.ts";
import { encodeTile } from "../tiles/tile-bytes.ts";
import { tilePath } from "../tiles/tile-path.ts";
import { cosigned } from "./cosigned.ts";
import type { DurableFiles } from "./durable-files.ts";
import { growTree, type GrownTree } from "./grow-tree.ts";
import { lastSealedText, unsealedLines } from "./last-sealed.ts";
import type { SealOptions, SealOutcome } from "./seal-outcome.ts";
import {
  checkpointFile,
  diskTiles,
  lastSealedFile,
  readIfThere,
  sealFolder,
  verifierKeyFile,
} from "./seal-layout.ts";
import { type SignedTree, readSignedTree } from "./signed-tree.ts";
import { supersededPaths } from "./superseded-tiles.ts";

export interface SealingOptions extends SealOptions {
  readonly lane: string;
  readonly folder: string;
  readonly lock: LaneLock;
  readonly files: FileSystem;
  readonly durable: DurableFiles;
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
    const { lane, folder, files, durable, newKey = randomKey } = this.#options;
    const seal = this.#seal;
    const key = await laneKey(this.#options, { lane, seal, files, durable, newKey });
    await this.#publishKey(key);
    const signed = readSignedTree(seal, key.signer.key, files);
    const { size } = signed.frontier;
    const lines = unsealedLines(folder, seal, { size, lastLeaf: signed.lastLeaf }, files);
    const grown = await growTree(signed.frontier, lines, (tiles) => this.#write(tiles));
    const isDue = grown.last !== null || signed.isOfFormerKey;
    if (isDue && !(await this.#sign(signed, grown, key))) return { kind: "busy", lane };
    return {
      kind: "sealed",
      lane,
      ...headOf(grown.frontier),
      added: grown.frontier.size - size,
      key: key.signer.key,
      unwitnessed: await this.#witness(key, size),
      keyFile: key.file,
      isNewKey: key.isNew,
    };
  }

  async #publishKey({ signer }: LaneKey): Promise<void> {
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

  /** False: somebody else has signed meanwhile, or holds the seal. */
  async #sign(signed: SignedTree, grown: GrownTree, { signer }: LaneKey): Promise<boolean> {
    const { folder, lock, files, durable } = this.#options;
    for (const segment of grown.segments)
      await durable.sync(entriesFile(segmentFolder(folder, segment)));
    await durable.settle();
    const checkpoint = { origin: signer.key.name, extensions: [], ...headOf(grown.frontier) };
    const note = await signNote(formatCheckpoint(checkpoint), [signer]);
    const before = readIfThere(checkpointFile(this.#seal), files);
    if (!lock.isHeld() || !isSame(before, signed.note)) return false;
    await durable.replace(checkpointFile(this.#seal), note);
    await durable.settle();
    await this.#tidy(signed, grown);
    return true;
  }

  /** The checkpoint is signed and lies on the disk before anybody else hears of it, and stands whatever they say. */
  async #witness({ signer }: LaneKey, lastSize: number): Promise<readonly AuditError[]> {
    const { witnesses = [], clock = Date.now, fetch, lock, files, durable } = this.#options;
    const path = checkpointFile(this.#seal);
    const before = readIfThere(path, files);
    if (!before || witnesses.length === 0) return [];
    const { note, unwitnessed } = await cosigned(before, {
      log: signer.key,
      witnesses,
      lastSize,
      tiles: diskTiles(this.#seal, files),
      now: clock(),
      ...(fetch ? { fetch } : {}),
    });
    if (lock.isHeld() && isSame(before, readIfThere(path, files)) && !isSame(before, note)) {
      await durable.replace(path, note);
      await durable.settle();
    }
    return unwitnessed;
  }

  /** Conveniences, which the next sealing does without where they fail. */
  async #tidy({ frontier }: SignedTree, grown: GrownTree): Promise<void> {
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
