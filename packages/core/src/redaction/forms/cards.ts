import { type CharacterSet, charactersOf } from "../text/character-set.ts";
import { type Finding, mostFindings, nothing, type TextRule } from "../text/text-rule.ts";

/** Diners' cards; nothing with fewer digits is in use. */
const fewestDigits = 14;
const digit: CharacterSet = charactersOf("0123456789");
/** The first group of every card has four digits at least. */
const card = /\d{4}(?:[ -]?\d){10,15}(?!\d)/y;
const issued =
  /^(?:4\d{15}(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17})$/;

/** Numbers of payment cards: issued by somebody, and with a check digit that fits. */
export const cards: TextRule = {
  name: "card",
  shortest: fewestDigits,
  marks: "0123456789",
  find(text) {
    let found: Finding[] | null = null;
    const { length } = text;
    let done = 0;
    // In a card number no two neighbours are both no digits, so one look in thirteen finds each.
    for (let at = 0; at < length - 1; at += fewestDigits - 1) {
      if (digit[text.charCodeAt(at)] !== 1 && digit[text.charCodeAt(at + 1)] !== 1) continue;
      let from = at;
      while (from > done && isPart(text, from - 1)) from -= 1;
      let to = at;
      while (to < length && isPart(text, to)) to += 1;
      done = to;
      at = Math.max(at, to);
      if (to - from < fewestDigits) continue;
      found = cardsWithin(text, from, to, found);
      if (found && found.length >= mostFindings) break;
    }
    return found ?? nothing;
  },
};

/** Number values, too, hold cards. */
export function isCardNumber(value: number): boolean {
  return value > 1e13 && Number.isSafeInteger(value) && isCard(String(value));
}

/** Digits, and single spaces or hyphens between them. */
function isPart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (isDigit(code)) return true;
  if (code !== 32 && code !== 45) return false;
  return isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1));
}

/** A card may begin at any group of digits: something else may stand before it. */
function cardsWithin(
  text: string,
  from: number,
  to: number,
  before: Finding[] | null,
): Finding[] | null {
  let found = before;
  for (let at = from; at + fewestDigits <= to; at += 1) {
    if (!mayIssue(text.charCodeAt(at)) || isDigit(text.charCodeAt(at - 1))) continue;
    const end = cardEnd(text, at);
    if (end === null) continue;
    (found ??= []).push({ from: at, to: end, rule: "card" });
    if (found.length >= mostFindings) break;
    at = end;
  }
  return found;
}

/** Where the card that begins here ends; null: none does. */
function cardEnd(text: string, from: number): number | null {
  if (/[\w.]/.test(text[from - 1] ?? "")) return null;
  card.lastIndex = from;
  const match = card.exec(text);
  if (!match || /[A-Za-z_]/.test(text[card.lastIndex] ?? "")) return null;
  // Something else may stand behind it, too.
  for (let [digits] = match; digits.length >= fewestDigits; digits = withoutLastGroup(digits))
    if (isCard(digits.replaceAll(/\D/g, ""))) return from + digits.length;
  return null;
}

function withoutLastGroup(digits: string): string {
  return digits.slice(0, Math.max(0, digits.search(/[ -]\d+$/)));
}

function isCard(digits: string): boolean {
  return issued.test(digits) && hasCheckDigit(digits);
}

/** Luhn's check. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const weighed = index % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** The first digits that cards are issued under: 2 to 6. */
const mayIssue = (code: number): boolean => code >= 50 && code <= 54;
