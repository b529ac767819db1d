import { Buffer } from "node:buffer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consistencyProof } from "../../packages/core/src/audit/merkle/consistency.ts";
import { leafHash } from "../../packages/core/src/audit/merkle/hash.ts";
import { countingLeaves, nodesOver } from "../../packages/core/src/audit/merkle/leaves.fixture.ts";
import { type NodeReader, treeRoot } from "../../packages/core/src/audit/merkle/node-reader.ts";
import { formatCheckpoint } from "../../packages/core/src/audit/notes/checkpoint.ts";
import { openCheckpoint } from "../../packages/core/src/audit/notes/open-checkpoint.ts";
import { addSignatures, signNote } from "../../packages/core/src/audit/notes/sign-note.ts";
import { parseNote } from "../../packages/core/src/audit/notes/signed-note.ts";
import { noteSigner } from "../../packages/core/src/audit/notes/signer.ts";
import {
  addCheckpoint,
  type Witness,
} from "../../packages/core/src/audit/witness/add-checkpoint.ts";
import type { WitnessAnswer } from "../../packages/core/src/audit/witness/witness-answer.ts";
import { witnessCheckpoint } from "../../packages/core/src/audit/witness/witness-checkpoint.ts";
import { type Omniwitness, startOmniwitness } from "./running-omniwitness.ts";

const origin = "example.com/spoor/0";
const log = noteSigner({ name: origin, seed: Buffer.alloc(32, "log") });
const witnessKey = { name: "witness.example/omni", seed: Buffer.alloc(32, "witness") };

const leaves = countingLeaves(2_000);
const nodes = nodesOver(leaves);
const forkedNodes = nodesOver(leaves.with(5, leafHash(Buffer.from("another entry"))));

let omniwitness: Omniwitness;
let witness: Witness;

beforeAll(async () => {
  omniwitness = await startOmniwitness(witnessKey, [log.key]);
  witness = omniwitness.witness;
});

afterAll(() => omniwitness.stop());

async function noteOf(size: number, read: NodeReader = nodes, signer = log): Promise<string> {
  const root = treeRoot(size, read);
  return signNote(formatCheckpoint({ origin, size, root, extensions: [] }), [signer]);
}

async function shown(
  size: number,
  lastSize: number,
  read: NodeReader = nodes,
): Promise<WitnessAnswer> {
  const prove = (oldSize: number) => consistencyProof(oldSize, size, read);
  return witnessCheckpoint(witness, { note: await noteOf(size, read), lastSize, prove });
}

test("a log that grows is cosigned at every step", async () => {
  let lastSize = 0;
  for (const size of [1, 7, 256, 257, 1_000, 2_000]) {
    const answer = await shown(size, lastSize);
    if (answer.kind !== "cosigned") throw new Error(answer.message);
    const cosigned = addSignatures(parseNote(await noteOf(size)), [answer.cosignature]);
    const policy = { log: [log.key], witnesses: [witness.key] };
    expect(openCheckpoint(cosigned, policy).cosigned).toHaveLength(1);
    lastSize = size;
  }
});

test("whoever forgot where the witness stands is told, and then cosigned", async () => {
  const stale = { oldSize: 7, proof: consistencyProof(7, 2_000, nodes), note: await noteOf(2_000) };
  expect(await addCheckpoint(witness, stale)).toMatchObject({ kind: "conflict", size: 2_000 });
  expect(await shown(2_000, 7)).toMatchObject({ kind: "cosigned" });
});

test("a fork and a smaller log are refused", async () => {
  expect(await shown(2_000, 2_000, forkedNodes)).toMatchObject({
    kind: "refused",
    why: "inconsistent",
  });
  expect(await shown(500, 0)).toMatchObject({ kind: "conflict", size: 2_000 });
});

test("what the witness does not know leaves the checkpoint unwitnessed", async () => {
  const stranger = noteSigner({ name: origin, seed: Buffer.alloc(32, "stranger") });
  const note = await noteOf(2_000, nodes, stranger);
  // It answers 500 where tlog-witness asks for 403.
  expect(await addCheckpoint(witness, { oldSize: 2_000, proof: [], note })).toMatchObject({
    kind: expect.stringMatching(/^(?:unwitnessed|refused)$/),
  });
});
