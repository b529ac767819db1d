import { backslash } from "../text/character-set.ts";

/** A quote as it stands in a text, from its first backslash to behind its mark. */
export interface Quote {
  readonly mark: string;
  /** How often it is escaped: JSON within JSON within a text has quotes behind three backslashes. */
  readonly backslashes: number;
  readonly from: number;
  readonly to: number;
}

/** Before a quote that is escaped six times over. */
const mostBackslashes = 63;
const escapedMarks: readonly string[] = ["u0022", "u0027"];
const namedMarks: readonly string[] = ["&quot;", "&#34;", "&#39;"];

/** The quote that begins at this place; null: none does. */
export function quoteAt(text: string, at: number): Quote | null {
  let markAt = at;
  while (markAt - at < mostBackslashes && text.charCodeAt(markAt) === backslash) markAt += 1;
  const mark = markAtPlace(text, markAt, markAt > at);
  if (mark === null) return null;
  const backslashes = timesEscaped(mark, markAt - at);
  const quote = { mark, backslashes, from: markAt - backslashes, to: markAt + mark.length };
  return isPlain(text.charCodeAt(markAt)) ? tripled(text, quote) : quote;
}

/** `"""` in Python, in JSON as `\"\"\"`. */
function tripled(text: string, { mark, backslashes, from, to }: Quote): Quote {
  if (text.charCodeAt(to) !== text.charCodeAt(from)) return { mark, backslashes, from, to };
  const one = "\\".repeat(backslashes) + mark;
  if (!text.startsWith(one + one, to)) return { mark, backslashes, from, to };
  return { mark: mark + one + one, backslashes, from, to: to + 2 * one.length };
}

/** The quote that ends at this place; null: none does. */
export function quoteBefore(text: string, to: number): Quote | null {
  const mark = markBefore(text, to);
  if (mark === null) return null;
  const markAt = to - mark.length;
  const before = backslashesBefore(text, markAt, markAt - mostBackslashes);
  const backslashes = timesEscaped(mark, before);
  if (backslashes === 0 && escapedMarks.includes(mark)) return null;
  return { mark, backslashes, from: markAt - backslashes, to };
}

/** Where the quote stands that closes this one; null: none does. */
export function closingOf(text: string, { mark, backslashes, to }: Quote): number | null {
  const period = 2 * (backslashes + 1);
  const isEscape = escapedMarks.includes(mark);
  for (let at = text.indexOf(mark, to); at >= 0; at = text.indexOf(mark, at + 1)) {
    const over = backslashesBefore(text, at, to) - backslashes;
    if (over === 0 || (!isEscape && over > 0 && over % period === 0)) return at - backslashes;
  }
  return null;
}

function markAtPlace(text: string, at: number, isEscaped: boolean): string | null {
  const character = text[at] ?? "";
  if (isPlain(text.charCodeAt(at))) return character;
  if (character === "&") return namedMarks.find((mark) => text.startsWith(mark, at)) ?? null;
  if (character !== "u" || !isEscaped) return null;
  return escapedMarks.find((mark) => text.startsWith(mark, at)) ?? null;
}

function markBefore(text: string, to: number): string | null {
  const code = text.charCodeAt(to - 1);
  if (isPlain(code)) return text[to - 1] ?? null;
  const marks = code === 59 ? namedMarks : code === 50 || code === 55 ? escapedMarks : [];
  return marks.find((mark) => text.startsWith(mark, to - mark.length)) ?? null;
}

function backslashesBefore(text: string, at: number, first: number): number {
  let from = at;
  while (from > first && text.charCodeAt(from - 1) === backslash) from -= 1;
  return at - from;
}

/**
 * Each time that a text is escaped, n backslashes before a quote become 2n + 1, and n before `u0022` become 2n: what more there are is of the text
 * itself.
 */
function timesEscaped(mark: string, backslashes: number): number {
  if (backslashes === 0) return 0;
  const isEscape = escapedMarks.includes(mark);
  const next = (count: number): number => (isEscape ? Math.max(1, 2 * count) : 2 * count + 1);
  let whole = 0;
  while (next(whole) <= Math.min(backslashes, mostBackslashes)) whole = next(whole);
  return whole;
}

/** `"`, `'` and a backtick. */
const isPlain = (code: number): boolean => code === 34 || code === 39 || code === 96;
