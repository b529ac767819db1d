import { isBranded, SpoorError, type SpoorErrorOptions } from "../vocabulary/spoor-error.ts";

/** What could not be accepted as evidence, or not be made to it, for programs that branch on it. docs/spec/audit-log.md says when each is. */
export type AuditErrorCode =
  | "BUNDLE_MALFORMED"
  | "CHECKPOINT_FOREIGN"
  | "CHECKPOINT_MALFORMED"
  | "CHECKPOINT_OLD"
  | "ENTRIES_GONE"
  | "ENTRY_CHANGED"
  | "ENTRY_TOO_LONG"
  | "ENTRY_UNKNOWN"
  | "EPOCH_MALFORMED"
  | "EPOCH_MISSING"
  | "FILE_TOO_LARGE"
  | "HISTORY_DIFFERS"
  | "KEY_FOLLOWED"
  | "KEY_FOREIGN"
  | "KEY_MALFORMED"
  | "KEY_MISSING"
  | "KEY_SILENT"
  | "NOTE_MALFORMED"
  | "NOTE_UNSIGNED"
  | "OUT_OF_TREE"
  | "POLICY_INVALID"
  | "PROOF_INVALID"
  | "PROOF_MALFORMED"
  | "QUORUM_MISSED"
  | "SIGNATURE_INVALID"
  | "TILE_CHANGED"
  | "TILE_MALFORMED"
  | "TILE_MISSING"
  | "UNWITNESSED";

export type AuditErrorOptions = SpoorErrorOptions;

/** Evidence that is missing, unreadable, or does not say what it should. */
export class AuditError extends SpoorError<AuditErrorCode> {
  constructor(code: AuditErrorCode, message: string, options: AuditErrorOptions) {
    super("AuditError", code, message, options);
  }

  /** True also for an error of another installed copy of this package. */
  static is(error: unknown): error is AuditError {
    return isBranded(error, "AuditError");
  }
}
