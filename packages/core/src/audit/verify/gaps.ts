import type { AgentEvent } from "../../vocabulary/event.ts";
import type { Findings } from "./findings.ts";
import { count, moment } from "./in-words.ts";
import type { LaneVerification } from "./verification.ts";

/** What the writer of a lane has itself noted about what is not in it, or not as it seems. */
export class NotesOfGaps {
  /** That entries, or values of them, could not be written. */
  lost = 0;
  /** That the time of day went another way than time. */
  clockJumps = 0;

  see(event: AgentEvent): void {
    if (event.type !== "native.noted") return;
    if (event.name === "journal.gap") this.lost += 1;
    if (event.name === "clock.jumped") this.clockJumps += 1;
  }
}

/** Where a record may be less than what happened, though nobody has touched it. */
export function tellGaps(
  { lane, gapNotes, clockJumps, vanished, openTurns }: LaneVerification,
  findings: Findings,
): void {
  if (gapNotes > 0)
    findings.say(
      "ENTRIES_LOST",
      lane,
      `${count(gapNotes, "note")} of the writer that entries, or values of them, could not be written`,
    );
  if (clockJumps > 0)
    findings.say(
      "CLOCK_JUMPED",
      lane,
      `${count(clockJumps, "note")} of the writer that its clock was set, or its machine slept: times around them cannot be compared`,
    );
  if (vanished)
    findings.say(
      "WRITER_VANISHED",
      lane,
      `its last writer${writerText(vanished)} ended without freeing it: it was killed, or never closed, and what it had still to say is not here`,
    );
  if (openTurns > 0)
    findings.say("TURNS_OPEN", lane, `nobody has seen ${count(openTurns, "turn")} end`);
}

function writerText({ pid, takenAt }: NonNullable<LaneVerification["vanished"]>): string {
  const since = takenAt === null ? "" : ` since ${moment(takenAt)}`;
  return pid === null ? "" : `, process ${pid}${since},`;
}
