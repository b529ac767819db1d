import { type Verification, verifyJournal } from "@spoor/core/audit";

/** Verifies a journal of one lane, and throws unless all that was written is there, sealed, and nothing is wrong with it. */
export function mustVerify(dir: string, entries: number): Verification {
  const verification = verifyJournal(dir);
  const [finding] = verification.findings;
  if (finding) throw new Error(`expected nothing to be found, received: ${finding.message}`);
  const signed = verification.lanes.reduce((sum, lane) => sum + (lane.signed ?? 0), 0);
  if (signed !== entries) throw new Error(`expected ${entries} sealed entries, received ${signed}`);
  return verification;
}
