import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noteSigner, parseSigningKey } from "../../packages/core/src/audit/notes/signer.ts";
import {
  formatVerifierKey,
  parseVerifierKey,
} from "../../packages/core/src/audit/notes/verifier-key.ts";
import { parseLogProof } from "../../packages/core/src/audit/proofs/log-proof.ts";
import { verifyLogProof } from "../../packages/core/src/audit/proofs/verify-log-proof.ts";
import { installed } from "../otel/servers/installed.ts";
import { writeEvidence } from "./evidence.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-interop-audit-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function inGo(command: "check" | "write"): string {
  return execFileSync(installed("audit"), [command, folder], { encoding: "utf8" }).trim();
}

function text(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

test("Go accepts our log, proofs and notes, and refuses each of them with one thing wrong", async () => {
  await writeEvidence(folder);
  expect(inGo("check")).toMatch(
    /^ok: a log of 65836; \d+ inclusion sound, \d{3,} broken; \d+ consistency sound, \d{3,} broken; 14 notes sound, \d+ broken$/,
  );
});

test("what Go writes passes our verifier, and no other entry in its place", () => {
  inGo("write");
  const log = parseVerifierKey(text("log.vkey"));
  const policy = { log: [log], witnesses: [parseVerifierKey(text("witness.vkey"))] };
  expect(formatVerifierKey(noteSigner(parseSigningKey(text("log.key"))).key)).toBe(
    text("log.vkey"),
  );
  const proofs = readdirSync(folder).filter((name) => name.endsWith(".tlog-proof"));
  expect(proofs.length).toBeGreaterThan(300);
  for (const name of proofs) {
    const file = text(name);
    const { index, entry } = verifyLogProof(file, policy);
    expect(new TextDecoder().decode(entry)).toBe(`entry ${index}`);
    const proof = parseLogProof(file);
    const changed = { ...proof, extra: new TextEncoder().encode(`entry ${index + 1}`) };
    expect(() => verifyLogProof(changed, policy)).toThrow("these bytes are not shown");
  }
});
