import { readArguments } from "../typed/arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import { readableJournal } from "../record/journal-folder.ts";
import { printJson, warn } from "../printing/output.ts";

/** One event, as a file that shows to anybody that it was sealed. */
export const prove: Command = {
  name: "prove",
  usage: "prove EVENT [--out FILE] [--json]",
  summary: "a file that shows to anybody that an event was sealed",
  details: [
    "EVENT       the id of an event, or of a span for its opening, or the beginning of it",
    "--out FILE  where the proof goes; else to standard output",
    "--json      the proof and what it is of, as one JSON document (docs/spec/verify-json.md)",
    "",
    "The proof holds the event, but no value that it refers to. spoor verify-proof reads it without the journal.",
    "Exit code 1 where the seal does not prove the event: spoor verify says what is wrong.",
  ],
  async run(args, io) {
    const { positionals, dir, json, out } = readArguments("prove", args, { out: "string" });
    const [asked, ...surplus] = positionals;
    if (asked === undefined || !/^[0-9a-f]{4,32}$/.test(asked) || surplus.length > 0)
      throw new BadInput(
        "prove takes one id of an event or a span, or at least 4 of its first digits",
      );
    const { folder } = await readableJournal(dir, io);
    const { provenEvent, writeProof } = await import("../verify/proven-event.ts");
    const proven = provenEvent(folder, asked);
    if ("problem" in proven) {
      warn(io, proven.problem);
      return 1;
    }
    if (out !== undefined) writeProof(proven, out, io);
    if (json) printJson(io, proven);
    else if (out === undefined) io.stdout.write(proven.proof);
    return 0;
  },
};
