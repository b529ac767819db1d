import { printable } from "../printing/printable.ts";
import type { ProofReport } from "./proof-report.ts";

/** A proof for people: the entry, what is shown of it, and what is not. */
export function proofLines({
  entry,
  proves,
  leavesOpen,
  signedBy,
}: ProofReport): readonly string[] {
  const lines = [
    entry,
    "",
    "It proves",
    ...proves.map((sentence) => `  ✓ ${sentence}`),
    ...(signedBy === null ? [] : [`    with the key ${signedBy}`]),
    "It does not prove",
    ...leavesOpen.map((sentence) => `  ? ${sentence}`),
  ];
  return lines.map(printable);
}
