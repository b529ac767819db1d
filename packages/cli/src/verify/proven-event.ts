import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { AuditError, findEntries, type FoundEntry, proveEntry } from "@spoor/core/audit";
import { BadInput } from "../bad-input.ts";
import { withFix } from "../printing/with-fix.ts";
import type { Io } from "../io.ts";
import { plural } from "../printing/output.ts";
import { removedEntries } from "../retain/removed-entries.ts";
import { asBadInput } from "./read-trust.ts";

/** What `spoor prove --json` prints. */
export interface ProvenEvent {
  readonly lane: string;
  readonly index: number;
  readonly eventId: string;
  readonly type: string;
  /** A tlog-proof. */
  readonly proof: string;
}

/** `problem`: the seal does not prove what lies there. Throws `BadInput` where no event, or several, are called so, or it is not sealed yet. */
export function provenEvent(
  folder: string,
  asked: string,
): ProvenEvent | { readonly problem: string } {
  const entry = theOne(asked, folder);
  const { lane, index, event } = entry;
  try {
    const proof = proveEntry(folder, entry);
    return { lane, index, eventId: event.id, type: event.type, proof };
  } catch (error) {
    if (!AuditError.is(error) || error.code === "OUT_OF_TREE") throw asBadInput(error);
    return { problem: withFix(error.message, error.fix) };
  }
}

/** Throws `BadInput` where the file cannot be written. */
export function writeProof({ proof }: ProvenEvent, file: string, io: Io): void {
  try {
    writeFileSync(resolve(io.cwd, file), proof);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadInput(`cannot write the proof: ${reason}`, { cause: error });
  }
}

/** An event that was recorded twice is proven where it was recorded first. */
function theOne(asked: string, folder: string): FoundEntry {
  const found = findEntries(folder, asked);
  const [first] = found;
  if (!first) throw noSuchEvent(asked, removedEntries(folder));
  const events = new Set(found.map(({ event }) => event.id));
  if (events.size > 1)
    throw new BadInput(`${plural(events.size, "event")} answer to ${asked}: give more of the id`);
  return first;
}

function noSuchEvent(asked: string, removed: number): BadInput {
  const entries = removed === 1 ? "1 entry" : `${removed.toLocaleString("en")} entries`;
  const sentence =
    removed === 0
      ? "spoor show SESSION --json names all spans"
      : `${entries} went with retention or the bound, and what went is proven only by a proof that was made before`;
  return new BadInput(`no event ${asked} in this journal: ${sentence}`);
}
