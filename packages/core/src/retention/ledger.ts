import { join } from "node:path";
import { AppendFile } from "../journal/disk/append-file.ts";
import { type FileSystem, nodeFileSystem } from "../journal/disk/file-system.ts";
import { laneFolder, laneNumbers } from "../journal/disk/layout.ts";
import { parseJson } from "../journal/disk/parse-json.ts";
import { rawLinesIfThere } from "../journal/disk/raw-lines.ts";
import { endOfFile } from "./file-end.ts";
import { type LedgerLine, parseLedgerLine } from "./ledger-line.ts";

/** A line for each session whose entries went from this lane. */
export const ledgerFile = (lane: string): string => join(lane, "ledger.ndjson");

const linesPerWrite = 256;

/**
 * The ledgers of all lanes of a folder: the lines of each session, in the order of what they are about. Lines that cannot be read are passed over. Throws what
 * the disk says.
 */
export function readLedger(
  dir: string,
  isWanted: (session: string) => boolean = () => true,
  files: FileSystem = nodeFileSystem,
): ReadonlyMap<string, readonly LedgerLine[]> {
  const bySession = new Map<string, LedgerLine[]>();
  for (const lane of laneNumbers(dir))
    for (const { bytes } of rawLinesIfThere(ledgerFile(laneFolder(dir, lane)), 0, files)) {
      const line = parseLedgerLine(parseJson(bytes.toString("utf8")));
      if (!line || !isWanted(line.session.id)) continue;
      const parts = bySession.get(line.session.id);
      if (parts) parts.push(line);
      else bySession.set(line.session.id, [line]);
    }
  for (const parts of bySession.values()) parts.sort((left, right) => left.to - right.to);
  return bySession;
}

/** On the disk when it resolves. What was torn before is cut off. Rejects with what the disk says; some of it may then be written. */
export async function appendToLedger(
  lane: string,
  lines: AsyncIterable<LedgerLine>,
  files: FileSystem,
): Promise<void> {
  const path = ledgerFile(lane);
  const file = new AppendFile(path, endOfFile(path, files).end, files);
  let written = 0;
  try {
    for await (const line of lines) {
      file.queue(JSON.stringify(line));
      written += 1;
      if (written % linesPerWrite === 0) file.write();
    }
    file.write();
  } finally {
    file.close();
  }
  if (written === 0) return;
  await files.syncData(path);
  await files.syncFolder(lane);
}
