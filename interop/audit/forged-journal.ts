import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spoorJson } from "./spoor-command.ts";

/** What `spoor seal --json` says of the lanes. */
export interface Sealed {
  readonly lanes: readonly { readonly entries: number; readonly unwitnessed: readonly string[] }[];
}

/** A copy of a working directory, of whose journal somebody who has the key rewrote the past: an entry is another one, and all is sealed anew. */
export async function forgeJournal(cwd: string, forged: string): Promise<Sealed> {
  cpSync(cwd, forged, { recursive: true });
  const lane = join(forged, ".spoor/lanes/0");
  const entries = join(lane, "segments/0001/entries.ndjson");
  const before = readFileSync(entries, "utf8");
  const after = before.replace('"name":"ask 3"', '"name":"ask 4"');
  if (after === before) throw new Error("there is no entry to rewrite");
  writeFileSync(entries, after);
  for (const name of ["checkpoint", "tile", "last.json"])
    rmSync(join(lane, "seal", name), { recursive: true });
  return spoorJson<Sealed>(forged, "seal");
}
