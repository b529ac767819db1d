import { difference } from "./difference.ts";

/** A run of words that stayed, went or came. */
export interface WordChange {
  readonly change: "kept" | "cut" | "added";
  readonly text: string;
}

const longestLine = 2_000;
const word = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu;

/**
 * What of one line became what of another, word by word: what is kept and cut is the one, what is kept and added the other. Null where they
 * have less than half in common, or are too long: then they are better read as two lines.
 */
export function wordChanges(before: string, after: string): readonly WordChange[] | null {
  if (Math.max(before.length, after.length) > longestLine) return null;
  const changes: WordChange[] = [];
  let kept = 0;
  for (const { kind, item } of difference(wordsIn(before), wordsIn(after)).edits) {
    const last = changes.at(-1);
    if (kind === "kept" && item.trim() !== "") kept += item.length;
    if (last?.change === kind)
      changes[changes.length - 1] = { change: kind, text: last.text + item };
    else changes.push({ change: kind, text: item });
  }
  return kept * 2 >= Math.max(inkOf(before), inkOf(after)) ? changes : null;
}

const wordsIn = (line: string): readonly string[] => line.match(word) ?? [];

/** How much of a text there is to see. */
export const inkOf = (line: string): number => line.replaceAll(/\s/g, "").length;
