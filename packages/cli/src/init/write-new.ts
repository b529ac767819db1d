import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BadInput } from "../bad-input.ts";

/** Writes a new file, never over one that is there. Throws `BadInput` where it cannot. */
export function writeNew(folder: string, name: string, text: string): void {
  try {
    writeFileSync(join(folder, name), text, { flag: "wx" });
  } catch (error) {
    throw new BadInput(`${name} cannot be written in ${folder}: let this user write there`, {
      cause: error,
    });
  }
}
