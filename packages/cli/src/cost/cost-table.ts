import { stripVTControlCharacters } from "node:util";
import {
  type CostGroup,
  type CostSum,
  type CostSums,
  nearestNumber,
  type Said,
  type Usd,
} from "@spoor/core/cost";
import { plural } from "../output.ts";
import { dollars } from "./dollars.ts";
import { aligned, type Column } from "./table.ts";

/**
 * One line a group, the dearest first, then the total; below it what the framework reports, why something is unknown, whose prices these are, and
 * what they take for granted. No line where nothing was called.
 */
export function costTable({ by, groups, total, complete }: CostSums): readonly string[] {
  if (groups.length === 0) return [];
  const isReported = groups.some(({ reportedUsd }) => reportedUsd !== null);
  const columns: readonly Column<CostGroup>[] = [
    { title: by, cell: (group) => nameOf(group, by) },
    { title: "calls", isNumber: true, cell: ({ calls }) => calls.toLocaleString("en") },
    { title: "input", isNumber: true, cell: ({ usage }) => tokens(usage.input) },
    { title: "cache read", isNumber: true, cell: ({ usage }) => tokens(usage.cacheRead) },
    { title: "cache write", isNumber: true, cell: ({ usage }) => tokens(usage.cacheWrite) },
    { title: "output", isNumber: true, cell: ({ usage }) => tokens(usage.output) },
    { title: "cost", isNumber: true, cell: ({ usd }) => amount(usd) },
    ...(isReported
      ? [{ title: "reported", isNumber: true, cell: reportedText } satisfies Column<CostGroup>]
      : []),
    { title: "", cell: unknownText },
  ];
  return [
    ...aligned(columns, [...groups, { ...total, key: "total" }]),
    "",
    ...unattributedLine(total),
    ...reportedLine(total),
    ...total.reasons.map((said) => `unknown: ${sentence(said)}`),
    ...(complete ? [] : ["incomplete: something was used that nobody could count"]),
    ...total.prices.map(({ words }) => `prices: ${printable(words)}`),
    ...total.assumed.map((said) => `assumed: ${sentence(said)}`),
  ];
}

function nameOf({ key }: CostGroup, by: string): string {
  return key === null ? `(no ${by})` : printable(key);
}

const inDollars = (usd: Usd): string => dollars(nearestNumber(usd));

const tokens = (count: number | null): string =>
  count === null ? "?" : count.toLocaleString("en");

/** Unknown is not zero, and not nothing. */
const amount = (usd: CostSum["usd"]): string => (usd === null ? "unknown" : inDollars(usd));

const reportedText = ({ reportedUsd }: CostSum): string =>
  reportedUsd === null ? "" : inDollars(reportedUsd);

function unknownText({ usd, unknownCalls, unknownRests }: CostSum): string {
  const unknown = [
    ...(unknownCalls > 0 ? [plural(unknownCalls, "call")] : []),
    ...(unknownRests > 0 ? [plural(unknownRests, "rest")] : []),
  ].join(" and ");
  if (unknown === "") return "";
  return usd === null ? unknown : `+ ${unknown} unknown`;
}

function unattributedLine({ unattributedUsd }: CostSum): readonly string[] {
  if (unattributedUsd === null) return [];
  return [`${inDollars(unattributedUsd)} of it was used by no call that was seen`];
}

function reportedLine({ reportedUsd, difference }: CostSum): readonly string[] {
  if (reportedUsd === null) return [];
  const reported = `reported by the framework: ${inDollars(reportedUsd)}`;
  if (difference === null) return [reported];
  const beyond = nearestNumber(difference);
  if (Math.abs(beyond) < asGoodAsNothing) return [`${reported}, the same`];
  const size = dollars(Math.abs(beyond));
  return [`${reported}; computed is ${size} ${beyond < 0 ? "less" : "more"}`];
}

/** Frameworks add up binary fractions. */
const asGoodAsNothing = 1e-9;

const sentence = ({ words, lines }: Said): string =>
  `${printable(words)} (${plural(lines, "line")})`;

function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\p{Cc}\p{Bidi_Control}]+/gu, " ");
}
