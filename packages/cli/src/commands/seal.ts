import { readOptions } from "../typed/arguments.ts";
import type { Command } from "../command.ts";
import { existingJournalFolder } from "../record/journal-folder.ts";
import { printJson, printLines, warn } from "../printing/output.ts";

/** Signs what was recorded, lane by lane, so that nobody can change it unseen. */
export const seal: Command = {
  name: "seal",
  usage: "seal [--publish DIR] [--new-key] [--json]",
  summary: "sign what was recorded, so that no change goes unseen",
  details: [
    "--publish DIR  write the logs with their entries for any static host, a folder a lane",
    "--new-key      go on with a new key in each lane whose key lies beside its log; the former one signs for it",
    "--json         as docs/spec/audit-log.md describes it",
    "",
    "May run while agents are recorded: what is not yet a whole line is sealed the next time. Makes a key on first use,",
    "where the config names none. Exit code 1 where a lane could not be sealed or published.",
  ],
  async run(args, io) {
    const kinds = { publish: "string", "new-key": "boolean" } as const;
    const { dir, json, publish, ...more } = readOptions("seal", args, kinds);
    const folder = await existingJournalFolder(dir, io);
    const { sealLanes } = await import("../seal/seal-lanes.ts");
    const { laneJson, laneLines, newKeySentence } = await import("../seal/lane-report.ts");
    const task = { folder, publishTo: publish ?? null, newKeys: more["new-key"] ?? false };
    const reports = await sealLanes(task, io);
    if (json) printJson(io, { lanes: reports.map(laneJson) });
    else if (reports.length === 0) printLines(io, ["nothing was recorded yet"]);
    else printLines(io, reports.flatMap(laneLines));
    const sentence = newKeySentence(reports);
    if (sentence !== null) warn(io, sentence);
    const isDone = reports.every(
      ({ sealing, unpublished }) =>
        (sealing.kind === "sealed" || sealing.kind === "empty") && unpublished === null,
    );
    return isDone ? 0 : 1;
  },
};
