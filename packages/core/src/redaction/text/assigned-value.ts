import type { SecretNames } from "../secret-names.ts";
import { mostBackslashes, type NameInText } from "./name-in-text.ts";

/** From the first character to behind the last. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

const longestValue = 16_384;
const headers: ReadonlySet<string> = new Set(["authorization", "cookie"]);
const restOfLine = /[^\r\n"'`\\]*/y;
const word = /[^\s"'`\\]*/y;
const plainWord = /[^\s"'`\\,;&)}\]<>|]*/y;
const queryWord = /[^\s"'`\\&#<>;)]*/y;
/** A JSON Schema in the place of a value describes the secret and does not hold it. */
const schema = /\{\s*\\*"(?:type|description|title|\$ref|anyOf|oneOf)\\*"\s*:/y;
const placeholder =
  /^(?:(?:bearer|basic|token)\s+)?(?:\$\{[^}]*\}|\$\(.*\)|\{\{.*\}\}|<.*>|\*+|%s)$/i;
/** What stands behind a `:` or `=` in a program and is no text: types, literals, calls, members, names of variables. */
const codeWord =
  /^(?:string|str|number|int|integer|float|bool|boolean|bytes|null|nil|none|undefined|true|false|any|unknown|never|void|object|optional|required|readonly|await|async|function|typeof|new|self|this|return|import|lambda)\b/i;
const codeExpression = /^(?:\$[A-Za-z_{(]|[<{[(=!]|[A-Za-z_$]+(?:\?\.|\.[A-Za-z_$]|::|->|[([]))/;
const lettersOnly = /^[A-Za-z_$]+$/;
const variable = /[a-z][A-Z]|^[A-Z][a-z]+[A-Z]/;

/** The value that a name is given; null: there is none, or what stands there is code and not a value. */
export function valueAt(
  text: string,
  delimiter: number,
  named: NameInText,
  rule: string,
  names: SecretNames,
): Extent | null {
  let from = delimiter + 1;
  const next = text[from];
  if (next === "=" && text[delimiter] === ":") from += 1;
  else if (next === "=" || next === ">" || (next === ":" && text[delimiter] === ":")) return null;
  else if (text.startsWith("//", from)) return null;
  const tight = text[from] !== " " && text[from] !== "\t";
  const furthest = from + 8;
  while (from < furthest && (text[from] === " " || text[from] === "\t")) from += 1;
  const quoted = quotedAt(text, from);
  if (quoted) return isPlaceholder(text, quoted) ? null : quoted;
  if (named.quoted && (text[from] === "{" || text[from] === "[")) return bracketed(text, from);
  if (headers.has(rule) && text[delimiter] === ":" && !named.quoted)
    return unlessCode(text, extent(restOfLine, text, from));
  if (text[delimiter] === "=" && "?&;".includes(text[named.from - 1] ?? "."))
    return extent(queryWord, text, from);
  if (tight && /^[A-Z][A-Z0-9_]*$/.test(named.name)) return settingAt(text, from);
  return wordAt(text, from, { tight, named, rule, names });
}

interface Surroundings {
  readonly tight: boolean;
  readonly named: NameInText;
  readonly rule: string;
  readonly names: SecretNames;
}

/** Anything but what a program would have there. */
function wordAt(
  text: string,
  from: number,
  { tight, named, rule, names }: Surroundings,
): Extent | null {
  const value = unlessCode(text, extent(plainWord, text, from));
  if (!value) return null;
  const said = text.slice(from, value.to);
  if (rule === "token" && /^[\d.]{1,9}$/.test(said)) return null;
  if (!lettersOnly.test(said)) return value;
  if (names.ruleOf(said) !== null || variable.test(said)) return null;
  if (tight && !named.quoted) return value;
  return isOwnLine(text, named.from, value.to) ? value : null;
}

/** `NAME=value` of an environment: whatever stands there up to the next space. */
function settingAt(text: string, from: number): Extent | null {
  const value = extent(word, text, from);
  return isPlaceholder(text, value) || /^\$[A-Za-z_{(]/.test(text.slice(from, from + 2))
    ? null
    : value;
}

function unlessCode(text: string, value: Extent): Extent | null {
  const said = text.slice(value.from, Math.min(value.to, value.from + 200));
  if (codeWord.test(said) || codeExpression.test(said) || placeholder.test(said)) return null;
  return value;
}

function isPlaceholder(text: string, { from, to }: Extent): boolean {
  return to - from <= 100 && placeholder.test(text.slice(from, to));
}

/** As in YAML: the name is the first of its line, and the value the last. */
function isOwnLine(text: string, from: number, to: number): boolean {
  const lineEnd = /(?:$|[ \t]*(?:\r|\n|\\[rn]))/y;
  lineEnd.lastIndex = to;
  return (
    lineEnd.test(text) && /(?:^|\n|\\n)[ \t"'-]*$/.test(text.slice(Math.max(0, from - 20), from))
  );
}

function extent(pattern: RegExp, text: string, from: number): Extent {
  pattern.lastIndex = from;
  pattern.test(text);
  return { from, to: Math.max(from, pattern.lastIndex) };
}

/** What lies between quotes, which may be escaped, as in JSON within a text within a text. Without a second quote: to the end of the line. */
function quotedAt(text: string, at: number): Extent | null {
  let open = at;
  while (text[open] === "\\" && open - at < mostBackslashes) open += 1;
  const quote = text[open] ?? "";
  if (quote === "" || !"\"'`".includes(quote)) return null;
  const depth = open - at;
  const from = open + 1;
  for (let to = text.indexOf(quote, from); to >= 0; to = text.indexOf(quote, to + 1)) {
    if (to - from > longestValue) break;
    const before = backslashesBefore(text, to, from);
    if (before >= depth && (before - depth) % (2 * (depth + 1)) === 0)
      return { from, to: to - depth };
  }
  return extent(/[^\r\n]*/y, text, from);
}

function backslashesBefore(text: string, at: number, from: number): number {
  let count = 0;
  while (at - count > from && text[at - count - 1] === "\\") count += 1;
  return count;
}

/** An object or a list, to the bracket that closes it; without one, to the end of what may be looked at. */
function bracketed(text: string, from: number): Extent | null {
  schema.lastIndex = from;
  if (schema.test(text)) return null;
  const last = Math.min(text.length, from + longestValue);
  let depth = 0;
  for (let at = from; at < last; at += 1) {
    const character = text[at];
    if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    if (depth === 0) return at - from < 2 ? null : { from, to: at + 1 };
  }
  return { from, to: last };
}
