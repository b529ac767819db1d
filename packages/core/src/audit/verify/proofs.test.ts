import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { parseVerifierKey } from "../notes/verifier-key.ts";
import * as evidence from "./evidence.fixture.ts";
import { checkProof } from "./check-proof.ts";
import { findEntries } from "./find-entries.ts";
import { proveEntry } from "./prove-entry.ts";

const ids = (dir: string): readonly string[] =>
  evidence
    .textOf(dir, evidence.firstSegment)
    .trimEnd()
    .split("\n")
    .map((line) => String(/"id":"([0-9a-f]{32})"/.exec(line)?.[1]));

test("each sealed entry has a proof that needs nothing but the log's key", async () => {
  const dir = await evidence.sealedJournal();
  const keys = [parseVerifierKey(evidence.textOf(dir, evidence.publicKey).trimEnd())];
  const lines = evidence.textOf(dir, evidence.firstSegment).trimEnd().split("\n");
  for (const [index, id] of ids(dir).entries()) {
    const [entry] = findEntries(dir, id);
    if (!entry) throw new Error(`no entry ${id}`);
    const checked = checkProof(proveEntry(dir, entry), { keys, witnesses: [] });
    expect(checked).toMatchObject({ origin: "example.com/spoor/0", size: 27, index });
    expect(Buffer.from(checked.entry).toString()).toBe(lines[index]);
  }
});

test("a span is found by its opening, and what is called just so goes before what begins so", async () => {
  const dir = await evidence.sealedJournal();
  const [, opening] = ids(dir);
  const [entry] = findEntries(dir, String(opening));
  const spanId = String(entry?.event.spanId);
  expect(findEntries(dir, spanId)).toMatchObject([{ index: 1, event: { type: "turn.started" } }]);
  expect(findEntries(dir, spanId.slice(0, 10))).toMatchObject([{ index: 1 }]);
  expect(findEntries(dir, "0".repeat(32))).toEqual([]);
});

test("what is under no signature cannot be proven, and the refusal says what to do", async () => {
  const dir = temporaryFolder();
  await evidence.recordIn(dir, evidence.conversation(1));
  const [entry] = findEntries(dir, String(ids(dir)[0]));
  if (!entry) throw new Error("no entry");
  expect(() => proveEntry(dir, entry)).toThrow("the lane was never sealed");
  await evidence.sealAgain(dir);
  await evidence.recordIn(dir, evidence.conversation(1, 5));
  const late = findEntries(dir, String(ids(dir).at(-1)))[0];
  if (!late) throw new Error("no entry");
  expect(() => proveEntry(dir, late)).toThrow("is not among the 15 that are sealed");
});

test("a proof is not handed out where entry and tiles disagree", async () => {
  const dir = await evidence.sealedJournal();
  evidence.rewrite(dir, evidence.firstSegment, (text) => text.replace("call 0", "call 9"));
  const [entry] = findEntries(dir, String(ids(dir)[2]));
  if (!entry) throw new Error("no entry");
  expect(() => proveEntry(dir, entry)).toThrow("are not shown to be entry 2");
});

test("without a key a proof shows only that entry and root belong together", async () => {
  const dir = await evidence.sealedJournal();
  const [entry] = findEntries(dir, String(ids(dir)[0]));
  if (!entry) throw new Error("no entry");
  const proof = proveEntry(dir, entry);
  expect(checkProof(proof, { keys: [], witnesses: [] })).toMatchObject({
    signedBy: null,
    index: 0,
  });
  const other = proof.replace("index 0", "index 1");
  expect(() => checkProof(other, { keys: [], witnesses: [] })).toThrow("does not lead from");
});
