import { isRecord } from "@spoor/core";

/** Lines that are nobody's: what a parser meets in a folder that others write to. */
export const foreignLines: readonly string[] = [
  "",
  " ",
  "null",
  "0",
  '"text"',
  "[]",
  "{}",
  '{"type":null}',
  '{"type":{"type":"type"}}',
  '{"type":"of another tool","__proto__":{"polluted":true}}',
  "not json",
  "\u0000",
  `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
];

/** A line as a crash leaves it, and a framework's next version may write it: torn, and where it is JSON, with one field less or of another type. */
export function* damaged(line: string): Iterable<string> {
  yield line.slice(0, Math.floor(line.length / 2));
  const value = parsed(line);
  if (!isRecord(value)) return;
  for (const field of Object.keys(value)) {
    const { [field]: _left, ...rest } = value;
    yield JSON.stringify(rest);
    for (const other of [null, 7, "text", [], {}])
      yield JSON.stringify({ ...rest, [field]: other });
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
