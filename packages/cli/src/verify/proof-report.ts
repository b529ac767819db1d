import { Buffer } from "node:buffer";
import { AuditError, checkProof, type CheckedProof, type ProofTrust } from "@spoor/core/audit";
import { BadInput } from "../bad-input.ts";
import { withFix } from "../printing/with-fix.ts";
import { momentText } from "./moment-text.ts";

/** What `spoor verify-proof --json` prints. */
export interface ProofReport extends Omit<CheckedProof, "entry"> {
  /** The entry as text. */
  readonly entry: string;
  readonly proves: readonly string[];
  readonly leavesOpen: readonly string[];
}

/** `problem`: why the proof shows nothing. Throws `BadInput` for what is no proof at all. */
export function proofReport(
  file: string,
  trust: ProofTrust,
): ProofReport | { readonly problem: string } {
  try {
    const checked = checkProof(file, trust);
    const entry = Buffer.from(checked.entry).toString();
    return { ...checked, entry, proves: provesOf(checked), leavesOpen: openAfter(checked) };
  } catch (error) {
    if (!AuditError.is(error)) throw error;
    const problem = withFix(error.message, error.fix);
    if (notOnes.has(error.code)) throw new BadInput(problem, { cause: error });
    return { problem: error.code === "NOTE_UNSIGNED" ? `${problem} ${ifRotated}` : problem };
  }
}

const ifRotated = "Where the log has changed its key, give the records of its epochs with --epoch.";

const notOnes: ReadonlySet<string> = new Set([
  "EPOCH_MALFORMED",
  "PROOF_MALFORMED",
  "ENTRY_UNKNOWN",
  "POLICY_INVALID",
]);

function provesOf({
  origin,
  size,
  index,
  signedBy,
  keyFrom,
  witnessed,
}: CheckedProof): readonly string[] {
  const place = `entry ${index} of the first ${size}`;
  if (signedBy === null) return [`these bytes are ${place} under the root that the file names`];
  return [
    `these bytes are ${place} that ${origin} has signed`,
    ...(keyFrom === "followed"
      ? [
          "the key that signed is the log's: the records of its epochs lead to it from the one that you gave",
        ]
      : []),
    ...witnessed.map(
      ({ witness, at }) => `they lay there when ${witness} looked, at ${momentText(at)}`,
    ),
  ];
}

function openAfter({ signedBy, witnessed }: CheckedProof): readonly string[] {
  return [
    ...(signedBy === null
      ? ["who made this: no key of the log was given, and without it anybody can make such a file"]
      : []),
    ...(witnessed.length === 0
      ? [
          "when it was written, and whether the log shows the same to everybody: no witness that you named has cosigned",
        ]
      : []),
    "what the values are that the entry refers to: they are not in the proof",
    "that the entry is true, or that nothing else happened: only that it was sealed just so",
  ];
}
