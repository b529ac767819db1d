import { Buffer } from "node:buffer";
import { readFileSync, writeFileSync } from "node:fs";

/** While `look` looks, one bit of the file is another one. */
export async function withFlippedBit(
  file: string,
  look: () => void | Promise<void>,
  at: number = 40,
): Promise<void> {
  const bytes = readFileSync(file);
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  writeFileSync(file, changed);
  try {
    await look();
  } finally {
    writeFileSync(file, bytes);
  }
}
