import { type Hash, base64OfHash } from "../merkle/hash.ts";

/** What a witness is asked to cosign: a checkpoint, and that it follows from the one that the witness has seen last. */
export interface Submission {
  /** The size that the witness saw last; 0 where it has seen none. */
  readonly oldSize: number;
  /** From that size to the checkpoint's; none from 0. */
  readonly proof: readonly Hash[];
  /** A checkpoint that the log has signed. */
  readonly note: string;
}

/** The body of `add-checkpoint`, as tlog-witness has it. */
export function formatSubmission({ oldSize, proof, note }: Submission): string {
  return [`old ${oldSize}`, ...proof.map(base64OfHash), "", note].join("\n");
}
