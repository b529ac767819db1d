import { Buffer } from "node:buffer";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { consistencyProof } from "../../packages/core/src/audit/merkle/consistency.ts";
import { type Hash, leafHash } from "../../packages/core/src/audit/merkle/hash.ts";
import { countingLeaves, nodesOver } from "../../packages/core/src/audit/merkle/leaves.fixture.ts";
import { type NodeReader, treeRoot } from "../../packages/core/src/audit/merkle/node-reader.ts";
import { formatCheckpoint } from "../../packages/core/src/audit/notes/checkpoint.ts";
import { openCheckpoint } from "../../packages/core/src/audit/notes/open-checkpoint.ts";
import { addSignatures, signNote } from "../../packages/core/src/audit/notes/sign-note.ts";
import { parseNote } from "../../packages/core/src/audit/notes/signed-note.ts";
import { noteSigner } from "../../packages/core/src/audit/notes/signer.ts";
import {
  formatVerifierKey,
  parseVerifierKey,
} from "../../packages/core/src/audit/notes/verifier-key.ts";
import {
  addCheckpoint,
  type Witness,
} from "../../packages/core/src/audit/witness/add-checkpoint.ts";
import { witnessCheckpoint } from "../../packages/core/src/audit/witness/witness-checkpoint.ts";
import { startWitness } from "../../packages/testing/src/witness/witness.ts";

const origin = "example.com/spoor/0";
const log = noteSigner({ name: origin, seed: Buffer.alloc(32, "log") });
const stranger = noteSigner({ name: origin, seed: Buffer.alloc(32, "stranger") });
const now = 1_790_000_000_000;

const leaves = countingLeaves(600);
const nodes = nodesOver(leaves);
/** The same log up to entry 99, which here is another one. */
const forkedNodes = nodesOver(leaves.with(99, leafHash(Buffer.from("another entry"))));

async function noteOf(size: number, read: NodeReader = nodes, signer = log): Promise<string> {
  const root = treeRoot(size, read);
  return signNote(formatCheckpoint({ origin, size, root, extensions: [] }), [signer]);
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "spoor-witness-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

async function started(): Promise<{ readonly asked: Witness }> {
  const logs = [formatVerifierKey(log.key)];
  const server = await startWitness({ name: "w1.example", folder: folder(), logs, now: () => now });
  onTestFinished(() => server.close());
  return { asked: { url: server.url, key: parseVerifierKey(server.vkey) } };
}

function proofTo(size: number, read: NodeReader = nodes): (oldSize: number) => readonly Hash[] {
  return (oldSize) => consistencyProof(oldSize, size, read);
}

test("a log that grows is cosigned at every step, and the cosigned checkpoint opens", async () => {
  const { asked } = await started();
  let lastSize = 0;
  for (const size of [0, 1, 2, 7, 8, 9, 255, 256, 257, 257, 600]) {
    const note = await noteOf(size);
    const answer = await witnessCheckpoint(asked, { note, lastSize, prove: proofTo(size) });
    if (answer.kind !== "cosigned") throw new Error(answer.message);
    expect(answer.at).toBe(now);
    const cosigned = addSignatures(parseNote(note), [answer.cosignature]);
    const policy = { log: [log.key], witnesses: [asked.key] };
    expect(openCheckpoint(cosigned, policy).checkpoint.size).toBe(size);
    lastSize = size;
  }
});

test("every step from one size to a greater one is shown in a way that the witness understands", async () => {
  for (let oldSize = 1; oldSize <= 40; oldSize += 1) {
    const { asked } = await started();
    for (const size of [oldSize, 40 + oldSize]) {
      const submission = { oldSize: size === oldSize ? 0 : oldSize, note: await noteOf(size) };
      const proof = proofTo(size)(submission.oldSize);
      expect((await addCheckpoint(asked, { ...submission, proof })).kind).toBe("cosigned");
    }
  }
});

test("a log that forgot where the witness stands finds out from it", async () => {
  const { asked } = await started();
  const first = { note: await noteOf(100), lastSize: 0, prove: proofTo(100) };
  expect((await witnessCheckpoint(asked, first)).kind).toBe("cosigned");
  const note = await noteOf(300);
  const blind = await addCheckpoint(asked, { oldSize: 7, proof: proofTo(300)(7), note });
  expect(blind).toMatchObject({
    kind: "conflict",
    size: 100,
    message: "witness w1.example saw the log last at size 100",
    fix: "Submit the checkpoint with a consistency proof from 100.",
  });
  for (const lastSize of [0, 7, 100, 9_999])
    expect((await witnessCheckpoint(asked, { note, lastSize, prove: proofTo(300) })).kind).toBe(
      "cosigned",
    );
});

test("a log that became smaller is not cosigned, and is told why that is alarming", async () => {
  const { asked } = await started();
  await witnessCheckpoint(asked, { note: await noteOf(300), lastSize: 0, prove: proofTo(300) });
  const smaller = { note: await noteOf(200), lastSize: 0, prove: proofTo(200) };
  expect(await witnessCheckpoint(asked, smaller)).toMatchObject({
    kind: "conflict",
    size: 300,
    message:
      "witness w1.example saw the log last at size 300, which is more than the 200 of this checkpoint",
  });
});

test("another history is refused, with the key that signed the first", async () => {
  const { asked } = await started();
  await witnessCheckpoint(asked, { note: await noteOf(100), lastSize: 0, prove: proofTo(100) });
  for (const size of [100, 101, 300]) {
    const prove = proofTo(size, forkedNodes);
    const fork = { note: await noteOf(size, forkedNodes), lastSize: 100, prove };
    expect(await witnessCheckpoint(asked, fork)).toMatchObject({
      kind: "refused",
      why: "inconsistent",
      message: "witness w1.example does not find that the checkpoint follows from what it saw last",
    });
  }
  const honest = { note: await noteOf(300), lastSize: 100, prove: proofTo(300) };
  expect((await witnessCheckpoint(asked, honest)).kind).toBe("cosigned");
});

test("a log that is not known, and a key that is not, are told apart", async () => {
  const { asked } = await started();
  const unknown = {
    oldSize: 0,
    proof: [],
    note: (await noteOf(5)).replaceAll(origin, "example.com/x"),
  };
  expect(await addCheckpoint(asked, unknown)).toMatchObject({
    kind: "refused",
    why: "unknown log",
  });
  const byStranger = { oldSize: 0, proof: [], note: await noteOf(5, nodes, stranger) };
  expect(await addCheckpoint(asked, byStranger)).toMatchObject({
    kind: "refused",
    why: "unknown key",
  });
  const forged = (await noteOf(5)).replace("\n5\n", "\n6\n");
  expect(await addCheckpoint(asked, { oldSize: 0, proof: [], note: forged })).toMatchObject({
    kind: "refused",
    why: "unknown key",
  });
});

test("what is no submission is refused as malformed", async () => {
  const { asked } = await started();
  const note = await noteOf(5);
  const hash = leaves[0] as Hash;
  for (const submission of [
    { oldSize: -1, proof: [], note },
    { oldSize: 6, proof: [], note },
    { oldSize: 0.5, proof: [], note },
    { oldSize: 0, proof: Array.from({ length: 64 }, () => hash), note },
    { oldSize: 0, proof: [], note: note.slice(0, -1) },
    { oldSize: 0, proof: [], note: note.replace("\n\n", "\n") },
    { oldSize: 0, proof: [], note: note.replace("\n5\n", "\n05\n") },
  ])
    expect(await addCheckpoint(asked, submission)).toMatchObject({
      kind: "refused",
      why: "malformed",
    });
});

test("a proof that proves nothing is refused, of whatever kind it is", async () => {
  const { asked } = await started();
  const hash = leaves[0] as Hash;
  const note = await noteOf(300);
  expect(await addCheckpoint(asked, { oldSize: 0, proof: [hash], note })).toMatchObject({
    why: "inconsistent",
  });
  await witnessCheckpoint(asked, { note: await noteOf(100), lastSize: 0, prove: proofTo(100) });
  const proof = proofTo(300)(100);
  for (const wrong of [
    [],
    proof.slice(1),
    [...proof, hash],
    proof.toReversed(),
    proof.with(0, hash),
  ])
    expect(await addCheckpoint(asked, { oldSize: 100, proof: wrong, note })).toMatchObject({
      why: "inconsistent",
    });
});

test("of submissions that race each other from one size, one is cosigned", async () => {
  const { asked } = await started();
  const sizes = Array.from({ length: 12 }, (_, place) => 20 + place);
  const notes = await Promise.all(sizes.map((size) => noteOf(size)));
  const answers = await Promise.all(
    notes.map((note) => addCheckpoint(asked, { oldSize: 0, proof: [], note })),
  );
  expect(answers.map(({ kind }) => kind).toSorted()).toEqual([
    ...Array.from({ length: 11 }, () => "conflict"),
    "cosigned",
  ]);
});
