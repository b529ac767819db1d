import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { AuditError, readKeys, type Trust, type VerifierKey } from "@spoor/core/audit";
import { BadInput } from "../bad-input.ts";
import { withFix } from "../printing/with-fix.ts";
import { reasonOf } from "../printing/file-failure.ts";
import type { Io } from "../io.ts";

/** What the user brings along to compare with. */
export interface Brought {
  readonly key?: string;
  readonly against?: string;
  readonly witness?: string;
}

/** Throws `BadInput` for keys that are none, and for a file that cannot be read. */
export function readTrust({ key, against, witness }: Brought, io: Io): Trust {
  return {
    keys: keysIn("key", "ed25519", key),
    checkpoints: against === undefined ? [] : [readText(against, io)],
    witnesses: keysIn("witness", "cosignature/v1", witness),
  };
}

/** A file as text, named as the user sees it. Throws `BadInput` where it cannot be read. */
export function readText(file: string, io: Io): string {
  try {
    return readFileSync(resolve(io.cwd, file), "utf8");
  } catch (error) {
    throw new BadInput(`${file} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

/** What the audit refuses of what the user gave is the user's to mend. */
export function asBadInput(error: unknown): unknown {
  return AuditError.is(error)
    ? new BadInput(withFix(error.message, error.fix), { cause: error })
    : error;
}

function keysIn(
  option: string,
  kind: VerifierKey["kind"],
  text: string | undefined,
): readonly VerifierKey[] {
  if (text === undefined) return [];
  const keys = parsed(text);
  if (keys.length === 0) throw new BadInput(`--${option} needs a key as <name>+<id>+<base64>`);
  const other = keys.find((key) => key.kind !== kind);
  if (other) throw new BadInput(`--${option} needs a key of the kind ${kind}, not ${other.kind}`);
  return keys;
}

function parsed(text: string): readonly VerifierKey[] {
  try {
    return readKeys(text);
  } catch (error) {
    throw asBadInput(error);
  }
}
