import { cutHere } from "../marker.ts";
import {
  behind,
  type CharacterSet,
  charactersOf,
  firstOf,
  whitespace,
} from "../text/character-set.ts";
import { closingOf, type Quote, quoteAt } from "./quotes.ts";

/** From the first character to behind the last. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

const equals = 61;
const lineEnd: CharacterSet = charactersOf("\r\n");
const headerEnd: CharacterSet = charactersOf("\r\n\"'`\\");
const wordEnd: CharacterSet = charactersOf(`${whitespace}"'\`\\,;&)}]<>|`);
const queryEnd: CharacterSet = charactersOf(`${whitespace}"'\`\\&#<>;)`);
const settingEnd: CharacterSet = charactersOf(`${whitespace}"'\`\\`);
const escapes: CharacterSet = charactersOf("\\");
const ofInterest: CharacterSet = charactersOf("{[]}\"'`\\&");

export type ExtentFrom = (text: string, from: number) => Extent;

const until =
  (end: CharacterSet): ExtentFrom =>
  (text, from) => ({ from, to: firstOf(end, text, from) });

/** A word of a text, up to where the next thing may begin. */
export const wordFrom: ExtentFrom = until(wordEnd);
/** As in a query string or a connection string. */
export const parameterFrom: ExtentFrom = until(queryEnd);
/** As in an environment: whatever stands there up to the next space. */
export const settingFrom: ExtentFrom = until(settingEnd);
export const lineFrom: ExtentFrom = until(lineEnd);

/** What lies between quotes. Without a second quote: to the end of the line. */
export function quotedFrom(text: string, quote: Quote): Extent {
  const to = closingOf(text, quote);
  return to === null ? lineFrom(text, quote.to) : beforeCut(text, { from: quote.to, to });
}

function beforeCut(text: string, { from, to }: Extent): Extent {
  const said = text.slice(from, to);
  const cut = said.includes("\n") ? said.search(cutHere) : -1;
  return { from, to: cut < 0 ? to : from + cut };
}

/** An object or a list, to the bracket that closes it, which stands in no quotes. Without one: to the end of the text. */
export function bracketedFrom(text: string, from: number, around: Quote): Extent {
  return beforeCut(text, { from, to: closingBracket(text, from, around) });
}

function closingBracket(text: string, from: number, { backslashes }: Quote): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const character = text[at] ?? "";
    if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    else {
      const quote = quoteAt(text, at);
      if (quote?.backslashes === backslashes) {
        const closing = closingOf(text, quote);
        if (closing === null) break;
        at = closing + quote.to - quote.from;
        continue;
      }
      if (quote) at = quote.to - 1;
      else if (character === "\\") at = behind(escapes, text, at, text.length) - 1;
    }
    if (depth === 0) return at + 1;
    at = firstOf(ofInterest, text, at + 1);
  }
  return text.length;
}

/**
 * The value of a header. On a line of its own it is the rest of the line; else it ends at a quote, because commands stand in quotes, but not at one
 * behind `=`: `Digest username="ada", response="…"`.
 */
export function headerFrom(text: string, from: number, hasOwnLine: boolean): Extent {
  let to = firstOf(headerEnd, text, from);
  while (to < text.length && lineEnd[text.charCodeAt(to)] !== 1) {
    const quote = quoteAt(text, to);
    const isInner = quote !== null && text.charCodeAt(to - 1) === equals;
    const closing = isInner ? closingWithinLine(text, quote) : null;
    if (closing !== null && quote) to = closing + quote.to - quote.from;
    else if (!hasOwnLine || quote === null || quote.backslashes > 0) break;
    else to = quote.to;
    to = firstOf(headerEnd, text, to);
  }
  return { from, to };
}

function closingWithinLine(text: string, quote: Quote): number | null {
  const closing = closingOf(text, quote);
  if (closing === null) return null;
  return firstOf(lineEnd, text, quote.to, closing) === closing ? closing : null;
}
