import { rawLines } from "./raw-lines.ts";

export interface WholeLine {
  readonly offset: number;
  /** Without the newline. */
  readonly line: string;
}

/** As `rawLines`, for those who want text. */
export function* wholeLines(path: string, from: number): Generator<WholeLine> {
  for (const { offset, bytes } of rawLines(path, from))
    yield { offset, line: bytes.toString("utf8") };
}
