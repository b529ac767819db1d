export { audit, type AuditJournal, type AuditOptions, type JournalSeal } from "./audit.ts";
export type { KeyElsewhere } from "./keys/key-elsewhere.ts";
export type { KeyOptions, NewKey } from "./keys/lane-key.ts";
export { OpenTurns } from "./verify/open-turns.ts";
export { AuditError, type AuditErrorCode, type AuditErrorOptions } from "./audit-error.ts";
export { earlierErasures, type EarlierErasures } from "./erasure/earlier-erasures.ts";
export { eraseSubject, type EraseOptions, type LaneErasure } from "./erasure/erase-subject.ts";
export type { Hash } from "./merkle/hash.ts";
export type { TreeHead } from "./merkle/tree-head.ts";
export {
  formatVerifierKey,
  parseVerifierKey,
  type KeyKind,
  type VerifierKey,
} from "./notes/verifier-key.ts";
export { publishLane, type PublishOptions, type PublishedLane } from "./publish/publish-lane.ts";
export { sealJournal, type LaneSealing } from "./sealer/seal-journal.ts";
export { rotateKey, sealLane } from "./sealer/seal-lane.ts";
export type { SealOptions, SealOutcome, SealedLane } from "./sealer/seal-outcome.ts";
export type { Witness } from "./witness/add-checkpoint.ts";
export { checkProof, type CheckedProof, type ProofTrust } from "./verify/check-proof.ts";
export { findEntries, type FoundEntry } from "./verify/find-entries.ts";
export { proveEntry } from "./verify/prove-entry.ts";
export { sealStanding, type SealStanding } from "./verify/seal-standing.ts";
export { readKeys, type Trust } from "./verify/trust.ts";
export type {
  Evidence,
  Finding,
  FindingCode,
  LaneVerification,
  Remark,
  RemarkCode,
  UncheckedCode,
  ValueCounts,
  Verification,
  WitnessSighting,
} from "./verify/verification.ts";
export { verifyJournal } from "./verify/verify-journal.ts";
