import { AuditError } from "../audit-error.ts";
import type { VerifierKey } from "../notes/verifier-key.ts";
import { parseVerifierKey } from "../notes/verifier-key.ts";

/** What whoever asks brings along, because it was never in the hands of those who could change the journal. */
export interface Trust {
  /** Keys of logs. Each counts for the log whose name it has. */
  readonly keys: readonly VerifierKey[];
  /** Signed notes that were kept elsewhere. */
  readonly checkpoints: readonly string[];
  /** Keys of witnesses, of the kind cosignature/v1. */
  readonly witnesses: readonly VerifierKey[];
}

export const noTrust: Trust = { keys: [], checkpoints: [], witnesses: [] };

/** Vkeys with commas between them, or on a line each. Throws an `AuditError` for what is none. */
export function readKeys(text: string): readonly VerifierKey[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== "")
    .map(parseVerifierKey);
}

/** Why evidence was refused. What cannot be asked at all, and what was no refusal, is thrown on. */
export function refusalOf(error: unknown): string {
  if (AuditError.is(error) && error.code !== "POLICY_INVALID") return error.message;
  throw error;
}
