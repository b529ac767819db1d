import type { SecretNames } from "../secret-names.ts";
import {
  before,
  type CharacterSet,
  charactersOf,
  lettersAndDigits,
} from "../text/character-set.ts";
import { afterEscape } from "../text/text-rule.ts";
import { type Quote, quoteBefore } from "./quotes.ts";

const longestName = 64;
/** Names in a column are padded. */
const widestGap = 64;
const gap: CharacterSet = charactersOf(" \t");
const nameCharacter: CharacterSet = charactersOf(`${lettersAndDigits}_-.$`);
const index: CharacterSet = charactersOf("\"'`\\]");

/** What may stand between a word and its delimiter: most words are no names of secrets, and what it is need not be known. */
const behindWord: CharacterSet = charactersOf(" \t\"'`\\]?");

/** A name as it stands before a `:` or `=`. */
export interface NameInText {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** As in JSON: what follows may be an object. */
  readonly quote: Quote | null;
}

/** The name that a `:` or `=` stands behind, quoted or not; null: there is none that could speak of a secret. */
export function nameBefore(text: string, delimiter: number, names: SecretNames): NameInText | null {
  const wordEnd = before(behindWord, text, delimiter, widestGap);
  if (!names.mayEnd(text, wordEnd) && !mayBeQuoteInWords(text.charCodeAt(wordEnd - 1))) return null;
  const end = before(gap, text, delimiter, widestGap);
  const quote = quoteBefore(text, end);
  const to = quote ? quote.from : behindIndex(text, end);
  const from = before(nameCharacter, text, to, longestName);
  if (from === to) return null;
  const begin = afterEscape(text, from);
  return begin >= to ? null : { name: text.slice(begin, to), from: begin, to, quote };
}

/** `config["token"]` and `token?` are named like `token`. */
function behindIndex(text: string, end: number): number {
  const last = text[end - 1];
  if (last === "?") return end - 1;
  return last === "]" ? before(index, text, end, 8) : end;
}

/** The `2`, `7` or `;` of `\u0022`, `\u0027`, `&quot;`. */
const mayBeQuoteInWords = (code: number): boolean => code === 50 || code === 55 || code === 59;
