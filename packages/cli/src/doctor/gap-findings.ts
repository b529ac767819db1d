import type { Finding, LaneState } from "./diagnosis.ts";
import { note } from "./finding.ts";
import { plural } from "../printing/output.ts";
import { minuteText } from "./shown-value.ts";

/** Where what lies in a lane may be less than what happened. */
export function gapFindings({
  lane,
  gapNotes,
  clockJumps,
  vanished,
  openTurns,
  writer,
}: LaneState): readonly Finding[] {
  return [
    ...(gapNotes > 0
      ? [
          note(
            "ENTRIES_LOST",
            `lane ${lane}: its writer has noted ${plural(gapNotes, "time")} that entries, or values of them, could not be written`,
            "See whether its disk was full or failed. spoor show tells where: journal.gap.",
          ),
        ]
      : []),
    ...(clockJumps > 0
      ? [
          note(
            "CLOCK_JUMPED",
            `lane ${lane}: its writer has noted ${plural(clockJumps, "time")} that its clock was set, or its machine slept: durations around that say little`,
          ),
        ]
      : []),
    ...(vanished
      ? [
          note(
            "WRITER_VANISHED",
            `lane ${lane}: ${writerText(vanished)} ended without freeing it: it was killed, or never closed its observer`,
            "What it had still to say is not recorded. The next process takes the lane and goes on.",
          ),
        ]
      : []),
    ...(openTurns > 0 && writer.state === "none"
      ? [
          note(
            "TURNS_OPEN",
            `lane ${lane}: nobody has seen ${plural(openTurns, "turn")} end, and nobody writes there now`,
          ),
        ]
      : []),
  ];
}

function writerText({ pid, takenAt }: NonNullable<LaneState["vanished"]>): string {
  const since = takenAt === null ? "" : `, which had it since ${minuteText(takenAt)},`;
  return `process ${pid ?? "?"}${since}`;
}
