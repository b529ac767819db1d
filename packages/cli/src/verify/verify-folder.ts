import { type Trust, type Verification, verifyJournal } from "@spoor/core/audit";
import { asBadInput } from "./read-trust.ts";

/** Throws `BadInput` where a checkpoint that was brought along is none. */
export function verifyFolder(folder: string, trust: Trust): Verification {
  try {
    return verifyJournal(folder, trust);
  } catch (error) {
    throw asBadInput(error);
  }
}
