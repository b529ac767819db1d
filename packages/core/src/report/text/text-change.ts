import type { JsonValue } from "../../vocabulary/json.ts";
import { difference } from "./difference.ts";
import { jsonText } from "./json-text.ts";
import { inkOf, type WordChange, wordChanges } from "./word-changes.ts";
import { wordsOf } from "./words.ts";

/** `edited`: a line in which only some words changed; what is kept and cut of it was the line before, what is kept and added is the line now. */
export type LineChange =
  | { readonly change: "kept" | "cut" | "added"; readonly text: string }
  | { readonly change: "edited"; readonly words: readonly WordChange[] };

/** What became of a text. */
export interface TextChange {
  readonly lines: readonly LineChange[];
  /** `as a whole`: somewhere the two have so little in common that all that lies there counts as cut and added. */
  readonly compared: "line by line" | "as a whole";
}

/** By the lines of what the two say; where that is the same, of their JSON. Takes bounded time, whatever they are. */
export function textChange(before: JsonValue, after: JsonValue): TextChange {
  const [from, to] = [wordsOf(before), wordsOf(after)];
  const saysTheSame = from === to && JSON.stringify(before) !== JSON.stringify(after);
  const { edits, isCompared } = saysTheSame
    ? difference(linesOf(jsonText(before)), linesOf(jsonText(after)))
    : difference(linesOf(from), linesOf(to));
  const lines: LineChange[] = [];
  let cut: string[] = [];
  let added: string[] = [];
  const settle = (): void => {
    for (const line of edited(cut, added)) lines.push(line);
    [cut, added] = [[], []];
  };
  for (const { kind, item } of edits) {
    if (kind === "cut") cut.push(item);
    else if (kind === "added") added.push(item);
    else {
      settle();
      lines.push({ change: "kept", text: item });
    }
  }
  settle();
  return { lines, compared: isCompared ? "line by line" : "as a whole" };
}

/** Whether half of it stayed as it was, of either side. */
export function areAlike({ compared, lines }: TextChange): boolean {
  if (compared === "as a whole") return false;
  const size = { kept: 0, cut: 0, added: 0 };
  for (const line of lines)
    if (line.change === "edited")
      for (const { change, text } of line.words) size[change] += inkOf(text);
    else size[line.change] += inkOf(line.text);
  return size.kept > 0 && size.kept >= Math.max(size.cut, size.added);
}

/** A text of which all came or all went. */
export function wholeText(change: "cut" | "added", value: JsonValue): TextChange {
  const lines = linesOf(wordsOf(value)).map((text): LineChange => ({ change, text }));
  return { lines, compared: "line by line" };
}

const linesOf = (text: string): readonly string[] => text.split(/\r\n|\n/u);

/** More pairs than these nobody reads word by word. */
const mostPairs = 200;

/** As many lines that went as came, and each like its successor: these were edited. */
function edited(cut: readonly string[], added: readonly string[]): readonly LineChange[] {
  const asTheyAre = [
    ...cut.map((text): LineChange => ({ change: "cut", text })),
    ...added.map((text): LineChange => ({ change: "added", text })),
  ];
  if (cut.length !== added.length || cut.length > mostPairs) return asTheyAre;
  const pairs = cut.map((text, index) => wordChanges(text, added[index] ?? ""));
  if (pairs.includes(null)) return asTheyAre;
  return pairs.map((words) => ({ change: "edited", words: words ?? [] }));
}
