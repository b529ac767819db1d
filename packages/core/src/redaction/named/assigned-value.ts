import type { JsonValue } from "../../vocabulary/json.ts";
import { isHarmless } from "../harmless-value.ts";
import { isJsonSchema } from "../json-schema.ts";
import type { SecretNames } from "../secret-names.ts";
import { before, behind, type CharacterSet, charactersOf } from "../text/character-set.ts";
import type { NameInText } from "./name-in-text.ts";
import {
  isCode,
  isOnlyLetters,
  isPlaceholder,
  isSubstitutionAt,
  isVariable,
  mostToJudge,
} from "./program-code.ts";
import { type Quote, quoteAt, quoteBefore } from "./quotes.ts";
import {
  bracketedFrom,
  type Extent,
  type ExtentFrom,
  headerFrom,
  parameterFrom,
  quotedFrom,
  settingFrom,
  wordFrom,
} from "./value-extent.ts";
import { yamlBlockFrom } from "./yaml-block.ts";

/** A name, the rule that says it is one of a secret, and where its value may begin. */
export interface Assignment {
  readonly named: NameInText;
  readonly rule: string;
  readonly operator: ":" | "=" | " ";
  readonly from: number;
}

/** Values in a column are padded. */
const widestGap = 64;
const longestSchema = 2_048;
const headers: ReadonlySet<string> = new Set(["authorization", "cookie"]);
const numbers = /^\[[\d\s,.-]+\]$/;
const space: CharacterSet = charactersOf(" \t");
/** Line ends in JSON within a text included. */
const blank = /(?:\s|\\{1,63}[nrt]){0,64}/y;
const lead: CharacterSet = charactersOf(" \t<>*|#\"'-");

/** The value that a name is given; null: there is none, or what stands there is code and not a value. */
export function valueOf(text: string, given: Assignment, names: SecretNames): Extent | null {
  const at = behind(space, text, given.from, widestGap);
  const quote = openingAt(text, at, given.named);
  if (quote) return quoted(text, quote, given, names);
  const block = given.operator === ":" ? blockFrom(text, at, given) : null;
  if (block) return isDescription(text, block, given) ? null : block;
  if (isParameter(text, given)) return parameterFrom(text, at);
  if (isSubstitutionAt(text, at)) return null;
  if (isHeader(given)) {
    const { from } = given.named;
    const hasOwnLine = beginsLine(text, from) && quoteBefore(text, from) === null;
    return unlessCode(text, at, (within, start) => headerFrom(within, start, hasOwnLine));
  }
  const isTight = at === given.from;
  return isSetting(given, isTight)
    ? setting(text, at, given, names)
    : word(text, at, given, names, isTight);
}

/** The quote that a value begins with: in Python behind a letter, in JSON also on the next line. */
function openingAt(text: string, at: number, { from, quote: around }: NameInText): Quote | null {
  const behindLetter = "rbfuRBFU".includes(text[at] ?? " ") ? quoteAt(text, at + 1) : null;
  const isClosing = behindLetter !== null && isAlike(behindLetter, quoteBefore(text, from));
  const quote = isClosing ? null : (behindLetter ?? quoteAt(text, at));
  return quote || !around ? quote : quoteAt(text, behindLineEnds(text, at));
}

function isAlike(one: Quote, other: Quote | null): boolean {
  return one.mark === other?.mark && one.backslashes === other.backslashes;
}

function behindLineEnds(text: string, at: number): number {
  blank.lastIndex = at;
  return blank.test(text) ? blank.lastIndex : at;
}

function quoted(
  text: string,
  quote: Quote,
  { named, rule }: Assignment,
  names: SecretNames,
): Extent | null {
  const value = quotedFrom(text, quote);
  if (value.to - value.from > mostToJudge) return value;
  const said = text.slice(value.from, value.to);
  return isPlaceholder(said) || isHarmless(rule, named.name, said, names) ? null : value;
}

/** What takes more than one line, or may: an object or a list behind a name in quotes, or a block of YAML. */
function blockFrom(text: string, at: number, { named }: Assignment): Extent | null {
  if (!named.quote) return yamlBlockFrom(text, at, named.from);
  const from = behindLineEnds(text, at);
  const isOpen = text[from] === "{" || text[from] === "[";
  return isOpen ? bracketedFrom(text, from, named.quote) : yamlBlockFrom(text, at, named.from);
}

/** Nothing, numbers of tokens, or a schema. In a long one of these no other name may stand, or it would be looked at again. */
function isDescription(text: string, { from, to }: Extent, { named, rule }: Assignment): boolean {
  const said = text.slice(from, to);
  if (/^(?:\{\s*\}|\[\s*\])$/.test(said) || (rule === "token" && numbers.test(said))) return true;
  return said.length <= longestSchema && isJsonSchema(parsed(said, named.quote));
}

/** However often it is escaped. */
function parsed(json: string, quote: Quote | null): JsonValue {
  let text = json;
  try {
    for (let left = quote?.backslashes ?? 0; left > 0; left = (left - 1) / 2)
      text = JSON.parse(`"${text}"`) as string;
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}

function isHeader({ named, rule, operator, from }: Assignment): boolean {
  return headers.has(rule) && operator === ":" && !named.quote && named.to === from - 1;
}

/** Of a query string, or of a connection string. */
function isParameter(text: string, { named, operator }: Assignment): boolean {
  if (operator !== "=") return false;
  const lead = text[named.from - 1];
  return lead === "?" || lead === "&" || (lead === ";" && !named.name.includes("."));
}

/** Of an environment or a command, where no program's code stands. */
function isSetting({ named, operator }: Assignment, isTight: boolean): boolean {
  return operator === " " || (operator === "=" && isTight && /^[A-Z][A-Z0-9_]*$/.test(named.name));
}

function setting(
  text: string,
  at: number,
  { named, rule }: Assignment,
  names: SecretNames,
): Extent | null {
  const said = beginningOf(text, at, settingFrom);
  if (isPlaceholder(said) || isHarmless(rule, named.name, said, names)) return null;
  return settingFrom(text, at);
}

/** Anything but what a program would have there. */
function word(
  text: string,
  at: number,
  { named, rule }: Assignment,
  names: SecretNames,
  isTight: boolean,
): Extent | null {
  const said = beginningOf(text, at, wordFrom);
  if (isCode(said) || isVariable(said) || isHarmless(rule, named.name, said, names)) return null;
  if (rule === "token" && /^[\d.]{1,9}$/.test(said)) return null;
  const value = wordFrom(text, at);
  if (!isOnlyLetters(said)) return value;
  if (names.ruleOf(said) !== null) return null;
  if (isTight && !named.quote) return value;
  return beginsLine(text, named.from) && endsLine(text, value.to) ? value : null;
}

function unlessCode(text: string, at: number, extent: ExtentFrom): Extent | null {
  return isCode(beginningOf(text, at, extent)) ? null : extent(text, at);
}

function beginningOf(text: string, at: number, extent: ExtentFrom): string {
  const beginning = text.slice(at, at + mostToJudge);
  return beginning.slice(0, extent(beginning, 0).to);
}

/** Nothing but what quotes or lists a line stands before it. */
function beginsLine(text: string, at: number): boolean {
  const from = before(lead, text, at, widestGap);
  return from === 0 || "\n\r".includes(text[from - 1] ?? "") || isEscapedLineEnd(text, from - 2);
}

function endsLine(text: string, at: number): boolean {
  const to = behind(space, text, at, widestGap);
  return to === text.length || "\n\r".includes(text[to] ?? "") || isEscapedLineEnd(text, to);
}

function isEscapedLineEnd(text: string, at: number): boolean {
  return text.startsWith("\\n", at) || text.startsWith("\\r", at);
}
