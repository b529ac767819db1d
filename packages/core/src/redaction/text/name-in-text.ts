import type { SecretNames } from "../secret-names.ts";
import { type CharacterSet, charactersOf, lettersAndDigits } from "./character-set.ts";
import { afterEscape } from "./text-rule.ts";

const longestName = 64;
/** Before a quote that is escaped six times over. */
export const mostBackslashes = 64;
const nameCharacter: CharacterSet = charactersOf(`${lettersAndDigits}_-.$`);

/** A name as it stands before a `:` or `=`. */
export interface NameInText {
  readonly name: string;
  readonly from: number;
  /** As in JSON: what follows may be an object. */
  readonly quoted: boolean;
}

/** The name that a `:` or `=` stands behind, quoted or not; null: there is none that could speak of a secret. */
export function nameBefore(text: string, delimiter: number, names: SecretNames): NameInText | null {
  let to = delimiter;
  const nearest = Math.max(0, delimiter - 8);
  while (to > nearest && isSpace(text.charCodeAt(to - 1))) to -= 1;
  const quoted = isQuote(text.charCodeAt(to - 1));
  if (quoted) {
    to -= 1;
    const outermost = Math.max(0, to - mostBackslashes);
    while (to > outermost && text[to - 1] === "\\") to -= 1;
  } else if (text[to - 1] === "]" || text[to - 1] === "?") {
    to -= 1;
    while (to > nearest && "\"'`\\]".includes(text[to - 1] ?? "")) to -= 1;
  }
  if (!names.mayEnd(text, to)) return null;
  const first = Math.max(0, to - longestName);
  let from = to;
  while (from > first && nameCharacter[text.charCodeAt(from - 1)] === 1) from -= 1;
  if (from === to) return null;
  const begin = afterEscape(text, from);
  return begin >= to ? null : { name: text.slice(begin, to), from: begin, quoted };
}

const isSpace = (code: number): boolean => code === 32 || code === 9;
const isQuote = (code: number): boolean => code === 34 || code === 39 || code === 96;
