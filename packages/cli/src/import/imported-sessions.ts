import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readImports } from "./stored-imports.ts";

/** The sessions of a journal of which imports tell that they have brought them. Nobody else can tell: an event has no word for it. */
export function importedSessions(folder: string): ReadonlySet<string> {
  const imports = join(folder, "imports");
  const stored = namesIn(imports).flatMap((name) => readImports(join(imports, name)) ?? []);
  return new Set(
    stored.flatMap(({ files }) => Object.values(files).flatMap(({ sessions }) => sessions)),
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
