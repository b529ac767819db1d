import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Where the processes of a test record: all in one folder, each in its own lane of it, or each in a folder of its own. */
export interface Journals {
  /** For one more process. */
  next(): string;
  readonly all: readonly string[];
}

export function journals(kind: "one folder" | "a folder each"): Journals {
  const root = mkdtempSync(join(tmpdir(), "spoor-actors-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const all: string[] = [];
  return {
    all,
    next: () => {
      const [shared] = all;
      if (kind === "one folder" && shared !== undefined) return shared;
      const folder = join(root, String(all.length));
      mkdirSync(folder);
      all.push(folder);
      return folder;
    },
  };
}
