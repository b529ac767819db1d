import { readFileSync } from "node:fs";
import type { Framework } from "./framework.ts";

/** What lies beside a file is read whole: it is small. Null: there is none, or it cannot be read. */
export function companionOf(path: string, framework: Framework): string | null {
  const companion = framework.companion(path);
  if (companion === null) return null;
  try {
    return readFileSync(companion, "utf8");
  } catch {
    return null;
  }
}
