const brand = Symbol.for("spoor.error");

/** What could not be accepted as evidence, for programs that branch on it. */
export type AuditErrorCode =
  | "OUT_OF_TREE"
  | "TILE_MISSING"
  | "TILE_MALFORMED"
  | "BUNDLE_MALFORMED"
  | "ENTRY_TOO_LONG"
  | "KEY_MALFORMED"
  | "NOTE_MALFORMED"
  | "NOTE_UNSIGNED"
  | "SIGNATURE_INVALID"
  | "CHECKPOINT_MALFORMED"
  | "CHECKPOINT_FOREIGN"
  | "POLICY_INVALID"
  | "ENTRY_UNKNOWN"
  | "PROOF_MALFORMED"
  | "PROOF_INVALID"
  | "QUORUM_MISSED";

export interface AuditErrorOptions {
  readonly fix: string;
  readonly cause?: unknown;
}

/** Evidence that is missing, unreadable, or does not say what it should. `code` is for programs, `fix` says what a person can do. */
export class AuditError extends Error {
  readonly code: AuditErrorCode;
  readonly fix: string;

  constructor(code: AuditErrorCode, message: string, { fix, cause }: AuditErrorOptions) {
    super(message, { cause });
    Object.defineProperty(this, brand, { value: true });
    this.name = "AuditError";
    this.code = code;
    this.fix = fix;
  }

  /** True also for an error of another installed copy of this package. */
  static is(error: unknown): error is AuditError {
    return error instanceof Error && error.name === "AuditError" && brand in error;
  }
}
