import { readArguments } from "../typed/arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import { existingJournalFolder } from "../record/journal-folder.ts";
import { printJson, printLines, warn } from "../printing/output.ts";

/** Takes out of a journal what was recorded for somebody, and leaves every proof valid. */
export const erase: Command = {
  name: "erase",
  usage: "erase --subject ID [--reason TEXT] [--dry-run] [--json]",
  summary: "erase what a user, or a session without one, has said",
  details: [
    "--subject ID   the user's id, or the id of a session that was recorded without a user",
    "--reason TEXT  why, in words that stay in the record: a ticket, not a name",
    "--dry-run      say what would go, and change nothing",
    "--json         one JSON document (docs/spec/erase-json.md)",
    "",
    "Removes their values, keys and suspended turns, and the index, in every lane; entries stay, and say that it was",
    "done. May run while agents are recorded: their processes do it for the lanes that they write.",
    "Exit code 1 where nothing lies under ID, or where something is still to be done.",
  ],
  async run(args, io) {
    const kinds = { subject: "string", reason: "string", "dry-run": "boolean" } as const;
    const asked = readArguments("erase", args, kinds);
    const { positionals, dir, json, subject, reason, "dry-run": dryRun = false } = asked;
    if (positionals.length > 0 || subject === undefined)
      throw new BadInput("name whom to erase, as in spoor erase --subject ID");
    if (reason !== undefined && names(reason, subject))
      throw new BadInput("--reason stays in the record, so it may not name whom it is about");
    const folder = await existingJournalFolder(dir, io);
    const { earlierErasures, eraseSubject } = await import("@spoor/core/audit");
    const report = await import("../erase/erasure-report.ts");
    const lanes = await eraseSubject({
      dir: folder,
      subject,
      dryRun,
      ...(reason === undefined ? {} : { reason }),
      clock: io.now,
      pause: (ms) => io.pause(ms, new AbortController().signal),
    });
    if (lanes.length === 0) {
      const earlier = earlierErasures(folder, subject);
      if (json) printJson(io, report.nothingJson(subject, earlier));
      warn(io, report.nothingSentence(subject, earlier));
      return 1;
    }
    if (json) printJson(io, report.erasureJson(subject, lanes));
    else printLines(io, report[dryRun ? "foundLines" : "erasureLines"](subject, lanes));
    return dryRun || lanes.every(({ state }) => state === "erased") ? 0 : 1;
  },
};

/** Ids of a few letters are in many a word. */
function names(reason: string, subject: string): boolean {
  return subject.length > 3 && reason.toLowerCase().includes(subject.toLowerCase());
}
