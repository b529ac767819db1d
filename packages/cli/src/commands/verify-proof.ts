import { readArguments } from "../typed/arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import { printJson, printLines, warn } from "../printing/output.ts";

/** Whether a file shows what it is said to show, with nothing but itself. */
export const verifyProof: Command = {
  name: "verify-proof",
  usage: "verify-proof FILE [--key VKEY] [--epoch FILE] [--witness VKEY] [--json]",
  withoutJournal: true,
  summary: "what a proof shows, and what it does not",
  details: [
    "FILE            what spoor prove wrote, or any other tlog-proof with its entry in it",
    "--key VKEY      the log's public key, as you were given it; several with commas between them",
    "--epoch FILE    a record of an epoch of the log, or a folder of them: leads from --key to the keys before and after;",
    "                several with commas between them",
    "--witness VKEY  the key of a witness that must have cosigned; several with commas between them",
    "--json          one JSON document (docs/spec/verify-json.md)",
    "",
    "Needs neither the journal nor a network. Exit code 1 where the proof shows nothing.",
  ],
  async run(args, io) {
    const kinds = { key: "string", epoch: "string", witness: "string" } as const;
    const { positionals, json, key, epoch, witness } = readArguments("verify-proof", args, kinds);
    const [file, ...surplus] = positionals;
    if (file === undefined || surplus.length > 0)
      throw new BadInput("verify-proof takes one file: see spoor verify-proof --help");
    if (witness !== undefined && key === undefined)
      throw new BadInput("--witness needs --key as well: witnesses alone do not speak for a log");
    if (epoch !== undefined && key === undefined)
      throw new BadInput("--epoch needs --key as well: its record leads from a key to others");
    const { readEpochs } = await import("../verify/epoch-records.ts");
    const { readText, readTrust } = await import("../verify/read-trust.ts");
    const { proofReport } = await import("../verify/proof-report.ts");
    const { proofLines } = await import("../verify/proof-lines.ts");
    const trust = readTrust(
      { ...(key === undefined ? {} : { key }), ...(witness === undefined ? {} : { witness }) },
      io,
    );
    const report = proofReport(readText(file, io), { ...trust, epochs: readEpochs(epoch, io) });
    if ("problem" in report) {
      warn(io, report.problem);
      return 1;
    }
    if (json) printJson(io, report);
    else printLines(io, proofLines(report));
    return 0;
  },
};
