import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { consistencyProof } from "../../packages/core/src/audit/merkle/consistency.ts";
import type { TreeHead } from "../../packages/core/src/audit/merkle/tree-head.ts";
import { formatVerifierKey } from "../../packages/core/src/audit/notes/verifier-key.ts";
import type { VerifierKey } from "../../packages/core/src/audit/notes/verifier-key.ts";
import { formatLogProof, parseLogProof } from "../../packages/core/src/audit/proofs/log-proof.ts";
import { installed } from "../otel/servers/installed.ts";
import { writeConsistency, writerIn } from "./evidence.ts";
import type { PublishedLog } from "./published-log.ts";

/** A published log of a journal, and what was handed out about it. */
export interface JournalEvidence {
  /** Where it is published. */
  readonly published: string;
  readonly log: PublishedLog;
  readonly key: VerifierKey;
  /** Who must have cosigned, as a vkey. */
  readonly witness?: string;
  /** What it has promised before. */
  readonly earlier: readonly TreeHead[];
  /** tlog-proofs of entries. */
  readonly proofs: readonly string[];
}

/** What Go says of a log of a journal and of proofs from it, and of each of them with one thing wrong. Throws where it disagrees. */
export function askGo(folder: string, evidence: JournalEvidence): string {
  const { published, log, key, witness, earlier, proofs } = evidence;
  const write = writerIn(folder);
  write("log.vkey", formatVerifierKey(key));
  if (witness !== undefined) write("witness.vkey", witness);
  cpSync(published, join(folder, "log"), { recursive: true });
  for (const [place, proof] of proofs.entries()) {
    write(`inclusion/${place}.tlog-proof`, proof);
    const parsed = parseLogProof(proof);
    const broken = [
      { ...parsed, index: parsed.index + 1 },
      { ...parsed, extra: new TextEncoder().encode("another entry") },
      { ...parsed, path: parsed.path.slice(1) },
    ];
    for (const [which, wrong] of broken.entries())
      write(`broken/inclusion/${place}-${which}.tlog-proof`, formatLogProof(wrong));
  }
  const { checkpoint, nodes, note } = log;
  for (const older of [...earlier, checkpoint])
    writeConsistency(
      write,
      older,
      checkpoint,
      consistencyProof(older.size, checkpoint.size, nodes),
    );
  write("notes/checkpoint", note);
  const { size } = checkpoint;
  write("broken/notes/size", note.replace(`\n${size}\n`, `\n${size + 1}\n`));
  return execFileSync(installed("audit"), ["check", folder], { encoding: "utf8" }).trim();
}
