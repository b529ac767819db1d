import { AuditError } from "../audit-error.ts";
import { base64OfHash, hashOfBase64 } from "../merkle/hash.ts";
import type { TreeHead } from "../merkle/tree-head.ts";
import { parseDecimal } from "./decimal.ts";
import { quoted } from "./quoted.ts";

/** What a log signs: whose tree it is, how large, and its root. */
export interface Checkpoint extends TreeHead {
  /** The log's name, unique to it. */
  readonly origin: string;
  /** Lines that nobody audits; a log should have none. */
  readonly extensions: readonly string[];
}

/** The text of a note. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, String(size), base64OfHash(root), ...extensions, ""].join("\n");
}

/** The text of a note, believed by whoever opened it. Throws where it is no checkpoint, or of a tree beyond 2^53 - 1 entries. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split("\n");
  const last = lines.pop();
  const [origin = "", size = "", rootLine = "", ...extensions] = lines;
  if (last !== "" || lines.length < 3)
    throw malformed(`expected origin, size and root on a line each, received ${quoted(text)}`);
  if (origin === "") throw malformed("expected the log's origin on the first line, received none");
  if (extensions.includes("")) throw malformed("expected no empty line after a checkpoint's root");
  const count = parseDecimal(size);
  if (typeof count !== "number")
    throw malformed(`the checkpoint's size ${quoted(size)} ${count.fault}`);
  const root = hashOfBase64(rootLine);
  if (root === null)
    throw malformed(`expected a root hash in base64, received ${quoted(rootLine)}`);
  return { origin, size: count, root, extensions };
}

function malformed(message: string): AuditError {
  return new AuditError("CHECKPOINT_MALFORMED", message, {
    fix: "Get the checkpoint again from where it was published, byte for byte.",
  });
}
