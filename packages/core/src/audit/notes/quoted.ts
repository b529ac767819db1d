import { onOneLine } from "../../terminal/one-line.ts";

const longestQuote = 60;

/** What was received, for a message that says so: on one line, and cut. */
export function quoted(text: string): string {
  const line = onOneLine(text);
  return line.length > longestQuote ? `"${line.slice(0, longestQuote)}…"` : `"${line}"`;
}
