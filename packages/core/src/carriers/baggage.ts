import { decodePercent, encodePercent } from "./percent-encoding.ts";
import type { CarrierProblem, Reading } from "./problem.ts";
import { withoutBlanks } from "./texts.ts";

/** Something said about an entry; W3C gives it no meaning. */
export interface BaggageProperty {
  readonly key: string;
  readonly value?: string;
}

/** What the application sends along. The key is a token of HTTP, the value any text. */
export interface BaggageEntry {
  readonly key: string;
  readonly value: string;
  readonly properties?: readonly BaggageProperty[];
}

/** In order, and a key may come twice: W3C allows both to matter. */
export type Baggage = readonly BaggageEntry[];

const mostEntries = 64;
/** Of the text in bytes; it is ASCII, so its length is that. */
const longest = 8192;

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const octets = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;

/** An entry that breaks the grammar is left out, the others stand. */
export function parseBaggage(text: string): Reading<Baggage> {
  const parts = text
    .split(",")
    .map(withoutBlanks)
    .filter((part) => part !== "");
  const entries = parts.map(entryOf);
  const value = entries.filter((entry) => entry !== null);
  return { value, problems: leftOut(entries.length - value.length, entries.length, "malformed") };
}

/** Those that can be sent, in their order: each that still fits. Both what is read and what is written goes through here. */
export function fittingBaggage(baggage: Baggage): Reading<Baggage> {
  const sendable = baggage.filter(isSendable);
  const value: BaggageEntry[] = [];
  let length = 0;
  for (const entry of sendable) {
    const comma = value.length > 0 ? 1 : 0;
    const longer = length + comma + textOf(entry).length;
    if (value.length >= mostEntries || longer > longest) continue;
    value.push(entry);
    length = longer;
  }
  return {
    value,
    problems: [
      ...leftOut(baggage.length - sendable.length, baggage.length, "malformed"),
      ...leftOut(
        sendable.length - value.length,
        baggage.length,
        value.length === mostEntries ? "too many" : "too long",
      ),
    ],
  };
}

/** Null where there is nothing to say. */
export function writeBaggage(fitting: Baggage): string | null {
  return fitting.length > 0 ? fitting.map(textOf).join(",") : null;
}

/** `left`, and of `right` what it does not name. */
export function joinBaggage(left: Baggage, right: Baggage): Baggage {
  const named = new Set(left.map(({ key }) => key));
  return [...left, ...right.filter(({ key }) => !named.has(key))];
}

function entryOf(text: string): BaggageEntry | null {
  const [first = "", ...rest] = text.split(";").map(propertyOf);
  const properties = rest.filter((property) => property !== null);
  if (!first || first.value === undefined || properties.length < rest.length) return null;
  const { key, value } = first;
  return properties.length > 0 ? { key, value, properties } : { key, value };
}

function propertyOf(text: string): BaggageProperty | null {
  const equals = text.indexOf("=");
  const key = withoutBlanks(equals < 0 ? text : text.slice(0, equals));
  if (!token.test(key)) return null;
  if (equals < 0) return { key };
  const value = withoutBlanks(text.slice(equals + 1));
  return octets.test(value) ? { key, value: decodePercent(value) } : null;
}

/** The caller may be plain JavaScript: what is no text is not made into one. */
function isSendable({ key, value, properties = [] }: BaggageEntry): boolean {
  return (
    typeof value === "string" &&
    token.test(key) &&
    properties.every(
      ({ key, value }) => token.test(key) && (value === undefined || typeof value === "string"),
    )
  );
}

function textOf({ key, value, properties = [] }: BaggageEntry): string {
  const said = properties.map(({ key, value }) =>
    value === undefined ? `;${key}` : `;${key}=${encodePercent(value)}`,
  );
  return `${key}=${encodePercent(value)}${said.join("")}`;
}

function leftOut(
  count: number,
  of: number,
  fault: CarrierProblem["fault"],
): readonly CarrierProblem[] {
  const why = fault === "malformed" ? "break its grammar" : "do not fit";
  return count > 0
    ? [{ field: "baggage", fault, text: `${count} of ${of} members of baggage ${why}` }]
    : [];
}
