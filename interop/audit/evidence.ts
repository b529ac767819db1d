import { Buffer } from "node:buffer";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { consistencyProof } from "../../packages/core/src/audit/merkle/consistency.ts";
import { type Hash, base64OfHash, leafHash } from "../../packages/core/src/audit/merkle/hash.ts";
import { inclusionProof } from "../../packages/core/src/audit/merkle/inclusion.ts";
import { type NodeReader, treeRoot } from "../../packages/core/src/audit/merkle/node-reader.ts";
import type { TreeHead } from "../../packages/core/src/audit/merkle/tree-head.ts";
import { formatCheckpoint } from "../../packages/core/src/audit/notes/checkpoint.ts";
import {
  addSignatures,
  signNote,
  signatureOf,
} from "../../packages/core/src/audit/notes/sign-note.ts";
import { formatNote, parseNote } from "../../packages/core/src/audit/notes/signed-note.ts";
import { cosigner, noteSigner } from "../../packages/core/src/audit/notes/signer.ts";
import { formatVerifierKey } from "../../packages/core/src/audit/notes/verifier-key.ts";
import { formatLogProof } from "../../packages/core/src/audit/proofs/log-proof.ts";
import { encodeBundle } from "../../packages/core/src/audit/tiles/entry-bundle.ts";
import { emptyFrontier, extendFrontier } from "../../packages/core/src/audit/tiles/frontier.ts";
import { encodeTile } from "../../packages/core/src/audit/tiles/tile-bytes.ts";
import { bundlesBetween } from "../../packages/core/src/audit/tiles/tile-coordinates.ts";
import { bundlePath, tilePath } from "../../packages/core/src/audit/tiles/tile-path.ts";
import { tiledNodes } from "../../packages/core/src/audit/tiles/tiled-nodes.ts";

const origin = "example.com/spoor/0";
const log = noteSigner({ name: origin, seed: Buffer.alloc(32, "log") });
const witness = cosigner(
  { name: "witness.example/日志", seed: Buffer.alloc(32, "witness") },
  () => 1_790_000_000_000,
);

/** Three levels of tiles. */
const size = 65_536 + 300;
const sizes = [1, 2, 3, 7, 8, 255, 256, 257, 1_000, 65_535, 65_536, 65_537, size];

/** A whole log and proofs of it, and beside them the same with one thing wrong, for a program that is not ours to accept and to refuse. */
export async function writeEvidence(folder: string): Promise<void> {
  const write = writerIn(folder);
  const entries = Array.from({ length: size }, (_, place) =>
    Buffer.from(JSON.stringify({ sequence: place, text: "é日🦌".slice(0, place % 4) })),
  );
  const { frontier, tiles } = extendFrontier(
    emptyFrontier,
    entries.map((entry) => leafHash(entry)),
  );
  const files = new Map(tiles.map((tile) => [tilePath(tile), encodeTile(tile.hashes)]));
  const nodes = tiledNodes(frontier.size, { read: (tile) => files.get(tilePath(tile)) ?? null });

  write("log.vkey", formatVerifierKey(log.key));
  write("witness.vkey", formatVerifierKey(witness.key));
  for (const [path, bytes] of files) write(`log/${path}`, bytes);
  for (const bundle of bundlesBetween(0, size)) {
    const first = bundle.index * 256;
    write(`log/${bundlePath(bundle)}`, encodeBundle(entries.slice(first, first + bundle.width)));
  }
  write("log/checkpoint", await checkpointOf(size, nodes));
  await writeInclusions(write, entries, nodes);
  writeConsistencies(write, nodes);
  await writeNotes(write, nodes);
}

export type Write = (path: string, data: string | Uint8Array) => void;

/** Writes files below a folder, with the folders above them. */
export function writerIn(folder: string): Write {
  return (path, data) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, data);
  };
}

async function checkpointOf(at: number, nodes: NodeReader): Promise<string> {
  const text = formatCheckpoint({ origin, size: at, root: treeRoot(at, nodes), extensions: [] });
  const note = parseNote(await signNote(text, [log]));
  return formatNote(addSignatures(note, [await signatureOf(text, witness)]));
}

async function writeInclusions(
  write: Write,
  entries: readonly Uint8Array[],
  nodes: NodeReader,
): Promise<void> {
  for (const at of sizes) {
    const checkpoint = await checkpointOf(at, nodes);
    const places = new Set([0, Math.floor(at / 2), at - 2, at - 1].filter((place) => place >= 0));
    for (const index of places) {
      const path = inclusionProof(index, at, nodes);
      const proof = { index, path, checkpoint, extra: entries[index] ?? null };
      const name = `${index}-of-${at}.tlog-proof`;
      write(`inclusion/${name}`, formatLogProof(proof));
      const broken = [
        { ...proof, extra: Buffer.from("another entry") },
        { ...proof, index: index + 1 },
        { ...proof, path: [...path, leafHash(Buffer.from(name))] },
        ...path.map((hash, place) => ({ ...proof, path: path.with(place, flipped(hash)) })),
      ];
      for (const [place, wrong] of broken.entries())
        write(`broken/inclusion/${place}-${name}`, formatLogProof(wrong));
    }
  }
}

function writeConsistencies(write: Write, nodes: NodeReader): void {
  const headOf = (size: number): TreeHead => ({ size, root: treeRoot(size, nodes) });
  for (const [place, older] of sizes.entries())
    for (const newer of sizes.slice(place))
      writeConsistency(write, headOf(older), headOf(newer), consistencyProof(older, newer, nodes));
}

/** That one tree begins with another, and the same with each hash in turn another one. */
export function writeConsistency(
  write: Write,
  older: TreeHead,
  newer: TreeHead,
  proof: readonly Hash[],
): void {
  const name = `${older.size}-to-${newer.size}.json`;
  const written = (hashes: readonly Hash[], from = older): string =>
    JSON.stringify({ Older: inGo(from), Newer: inGo(newer), Proof: hashes.map(base64OfHash) });
  write(`consistency/${name}`, written(proof));
  const wrong = { ...older, root: flipped(older.root) };
  write(`broken/consistency/root-${name}`, written(proof, wrong));
  for (const [at, hash] of proof.entries())
    write(`broken/consistency/${at}-${name}`, written(proof.with(at, flipped(hash))));
}

const inGo = ({ size, root }: TreeHead): { readonly Size: number; readonly Root: string } => ({
  Size: size,
  Root: base64OfHash(root),
});

async function writeNotes(write: Write, nodes: NodeReader): Promise<void> {
  for (const at of [0, ...sizes]) {
    const note = await checkpointOf(at, nodes);
    write(`notes/${at}`, note);
    write(`broken/notes/size-${at}`, note.replace(`\n${at}\n`, `\n${at + 1}\n`));
    write(`broken/notes/feed-${at}`, note.slice(0, -1));
    write(`broken/notes/blank-${at}`, note.replace("\n\n", "\n"));
    write(`broken/notes/witness-${at}`, note.replace(/AAAA/, "AAAB"));
  }
}

function flipped(hash: Hash): Hash {
  return `${hash.startsWith("0") ? "1" : "0"}${hash.slice(1)}` as Hash;
}
