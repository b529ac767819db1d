import { readArguments } from "../typed/arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import { readableJournal } from "../record/journal-folder.ts";
import { printJson, printLines } from "../printing/output.ts";

/** Whether what was recorded is as it was written and signed, as far as anybody can tell from here. */
export const verify: Command = {
  name: "verify",
  usage: "verify [D] [--key VKEY] [--against CHECKPOINT] [--witness VKEY] [--json]",
  summary: "recompute all that was sealed from its bytes",
  details: [
    "D                     the journal's folder, as --dir names it",
    "--key VKEY            the log's public key, as you were given it; several with commas between them",
    "--against CHECKPOINT  a file with a checkpoint that was kept elsewhere: the log must still contain it",
    "--witness VKEY        the key of a witness that must have cosigned; several with commas between them",
    "--json                one JSON document (docs/spec/verify-json.md)",
    "",
    "Changes nothing, needs no network, and says what it could not check. Exit code 1 where something was found.",
  ],
  async run(args, io) {
    const kinds = { key: "string", against: "string", witness: "string" } as const;
    const { positionals, dir, json, ...brought } = readArguments("verify", args, kinds);
    const [named, ...surplus] = positionals;
    if (surplus.length > 0 || (named !== undefined && dir !== undefined))
      throw new BadInput("verify takes one journal's folder: see spoor verify --help");
    const { folder } = await readableJournal(named ?? dir, io);
    const { readTrust } = await import("../verify/read-trust.ts");
    const { verifyFolder } = await import("../verify/verify-folder.ts");
    const { verificationLines } = await import("../verify/verification-lines.ts");
    const verification = verifyFolder(folder, readTrust(brought, io));
    if (json) printJson(io, verification);
    else printLines(io, verificationLines(verification));
    return verification.findings.length === 0 ? 0 : 1;
  },
};
