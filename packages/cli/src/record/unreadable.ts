import type { Malformed } from "@spoor/core/schema";
import type { Io } from "../io.ts";
import { plural, warn } from "../printing/output.ts";

/** Lines of a journal that no reader takes for entries. */
export interface Unreadable {
  readonly lines: number;
  /** Of them, those that name another version of the format. */
  readonly ofAnotherVersion: number;
}

export const nothingUnreadable: Unreadable = { lines: 0, ofAnotherVersion: 0 };

/** One line more. */
export function withLine({ lines, ofAnotherVersion }: Unreadable, { path }: Malformed): Unreadable {
  return { lines: lines + 1, ofAnotherVersion: ofAnotherVersion + (path === "v" ? 1 : 0) };
}

/** Says how many there are, where there are any, and what helps. */
export function warnOfUnreadable(io: Io, { lines, ofAnotherVersion }: Unreadable): void {
  if (lines === 0) return;
  const which = ofAnotherVersion === lines ? "" : `${ofAnotherVersion} of them `;
  const advice =
    ofAnotherVersion === 0
      ? ""
      : `, ${which}written by another version of Spoor: install the newest @spoor/cli`;
  warn(io, `left out what cannot be read in the journal: ${plural(lines, "line")}${advice}`);
}
