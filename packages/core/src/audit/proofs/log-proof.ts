import { AuditError } from "../audit-error.ts";
import { base64Of, bytesOfBase64 } from "../merkle/base64.ts";
import { type Hash, base64OfHash, hashOfBase64 } from "../merkle/hash.ts";
import { parseDecimal } from "../notes/decimal.ts";
import { quoted } from "../notes/quoted.ts";
import { textOfUtf8 } from "../notes/utf8.ts";

/** That an entry lies in a log, as one text that needs neither log nor network (tlog-proof). Parsed is not yet believed. */
export interface LogProof {
  readonly index: number;
  /** From the entry's sibling up to the root's child. */
  readonly path: readonly Hash[];
  /** The signed note as the log and its witnesses gave it. */
  readonly checkpoint: string;
  /** Here: the bytes of the entry itself. Null: whoever verifies has them already. */
  readonly extra: Uint8Array | null;
}

const header = "c2sp.org/tlog-proof@v1";

export function formatLogProof({ index, path, checkpoint, extra }: LogProof): string {
  const extraLine = extra ? [`extra ${base64Of(extra)}`] : [];
  const lines = [header, ...extraLine, `index ${index}`, ...path.map(base64OfHash), "", checkpoint];
  return lines.join("\n");
}

/** Throws for what is no tlog-proof; of the checkpoint in it nothing is looked at. */
export function parseLogProof(file: Uint8Array | string): LogProof {
  const text = typeof file === "string" ? file : textOfUtf8(file);
  const end = text?.indexOf("\n\n") ?? -1;
  if (!text || end < 0) throw malformed("expected a proof, an empty line and a checkpoint");
  const [first = "", ...rest] = text.slice(0, end).split("\n");
  if (first !== header) throw malformed(`expected ${header}, received ${quoted(first)}`);
  const extra = rest[0]?.startsWith("extra ") ? parseExtra(rest.shift() ?? "") : null;
  const [index = "", ...path] = rest;
  return {
    index: parseIndex(index),
    path: path.map(parseHash),
    checkpoint: text.slice(end + 2),
    extra,
  };
}

function parseExtra(line: string): Uint8Array {
  const extra = bytesOfBase64(line.slice("extra ".length));
  if (!extra) throw malformed(`expected extra data in base64, received ${quoted(line)}`);
  return extra;
}

function parseIndex(line: string): number {
  const [, digits] = /^index (.*)$/.exec(line) ?? [];
  if (digits === undefined) throw malformed(`expected "index <n>", received ${quoted(line)}`);
  const index = parseDecimal(digits);
  if (typeof index !== "number") throw malformed(`the index ${quoted(digits)} ${index.fault}`);
  return index;
}

function parseHash(line: string): Hash {
  const hash = hashOfBase64(line);
  if (hash === null) throw malformed(`expected a hash in base64, received ${quoted(line)}`);
  return hash;
}

function malformed(message: string): AuditError {
  return new AuditError("PROOF_MALFORMED", message, {
    fix: "Get the proof again from whoever made it, byte for byte.",
  });
}
