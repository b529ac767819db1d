import { Buffer } from "node:buffer";

/** What a log asks of a witness, as it stands in the request. */
export interface Submission {
  readonly oldSize: bigint;
  readonly proof: readonly Buffer[];
  /** What the log has signed. */
  readonly text: string;
  readonly origin: string;
  readonly size: bigint;
  readonly root: Buffer;
  readonly signatures: readonly Signature[];
}

interface Signature {
  readonly name: string;
  readonly keyId: string;
  readonly bytes: Buffer;
}

const mostProofLines = 63;
const size = "0|[1-9][0-9]*";
const requestForm = new RegExp(`^old (${size})\n((?:[^\n]+\n)*)\n([^]*)$`);
const noteForm = new RegExp(
  `^(([^\n]+)\n(${size})\n([^\n]+)\n(?:[^\n]+\n)*)\n((?:— [^ \n]+ [^ \n]+\n)+)$`,
);

/** Null for anything that tlog-witness, tlog-checkpoint and signed-note do not allow. */
export function parseSubmission(body: string): Submission | null {
  const [, oldSize, proofLines, note = ""] = requestForm.exec(body) ?? [];
  const [, text, origin, newSize, rootLine = "", signatureLines] = noteForm.exec(note) ?? [];
  if (oldSize === undefined || text === undefined || newSize === undefined) return null;
  const proof = linesOf(proofLines).map(hashIn);
  const root = hashIn(rootLine);
  const signatures = linesOf(signatureLines).map(signatureIn);
  if (!root || proof.length > mostProofLines) return null;
  if (!proof.every((hash) => hash !== null)) return null;
  if (!signatures.every((signature) => signature !== null)) return null;
  return {
    oldSize: BigInt(oldSize),
    proof,
    text,
    origin: origin ?? "",
    size: BigInt(newSize),
    root,
    signatures,
  };
}

function linesOf(lines = ""): readonly string[] {
  return lines.split("\n").slice(0, -1);
}

function hashIn(line: string): Buffer | null {
  const bytes = bytesIn(line);
  return bytes?.length === 32 ? bytes : null;
}

function signatureIn(line: string): Signature | null {
  const [, name = "", base64 = ""] = line.split(" ");
  const bytes = bytesIn(base64);
  return bytes && bytes.length > 4
    ? { name, keyId: bytes.toString("hex", 0, 4), bytes: bytes.subarray(4) }
    : null;
}

function bytesIn(base64: string): Buffer | null {
  const bytes = Buffer.from(base64, "base64");
  return bytes.toString("base64") === base64 ? bytes : null;
}
