import type { Buffer } from "node:buffer";

/** A line of a content file, taken apart byte by byte. */
export interface ContentLine {
  readonly ref: string;
  /** The text of the value, which the reference is made of. */
  readonly json: Buffer;
}

const form = /^\{"ref":"([0-9a-f]{64})",(?:"cutFrom":\d{1,16},)?"value":/;
/** As much as can stand before a value. */
const longestHead = 120;
const closingBrace = 0x7d;

/** Null for what is not spelt in the one way. */
export function parseContentLine(line: Buffer): ContentLine | null {
  const [head, ref] = form.exec(line.toString("latin1", 0, longestHead)) ?? [];
  if (head === undefined || ref === undefined || line.at(-1) !== closingBrace) return null;
  return { ref, json: line.subarray(head.length, -1) };
}
