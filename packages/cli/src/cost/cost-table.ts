import {
  type CostGroup,
  type CostSum,
  type CostSums,
  nearestNumber,
  type Said,
  type Usd,
} from "@spoor/core/cost";
import { plural } from "../printing/output.ts";
import { printable } from "../printing/printable.ts";
import { aligned, type Column } from "../printing/table.ts";
import { dollarsText } from "@spoor/core/report/text";
import { unknownText } from "./unknown-text.ts";

/**
 * One line a group, the dearest first, then the total; below it what the framework reports, why something is unknown, whose prices these are, and
 * what they take for granted. No line where nothing was called.
 */
export function costTable({ by, groups, total, complete, timeless }: CostSums): readonly string[] {
  if (groups.length === 0) return [];
  const isReported = groups.some(({ reportedUsd }) => reportedUsd !== null);
  const columns: readonly Column<CostGroup>[] = [
    { title: by, cell: (group) => nameOf(group, by) },
    { title: "calls", isNumber: true, cell: ({ calls }) => calls.toLocaleString("en") },
    { title: "input", isNumber: true, cell: ({ usage }) => tokens(usage.input) },
    { title: "cache read", isNumber: true, cell: ({ usage }) => tokens(usage.cacheRead) },
    { title: "cache write", isNumber: true, cell: ({ usage }) => tokens(usage.cacheWrite) },
    { title: "output", isNumber: true, cell: ({ usage }) => tokens(usage.output) },
    { title: "cost", isNumber: true, cell: amount },
    ...(isReported
      ? [{ title: "reported", isNumber: true, cell: reportedText } satisfies Column<CostGroup>]
      : []),
    { title: "", cell: unknownCell },
  ];
  return [
    ...aligned(columns, [...groups, { ...total, key: "total" }]),
    "",
    ...unattributedLine(total),
    ...reportedLine(total),
    ...total.reasons.map((said) => `unknown: ${sentence(said)}`),
    ...(complete ? [] : ["incomplete: something was used that nobody could count"]),
    ...timelessLine(timeless),
    ...total.prices.map(({ words }) => `prices: ${printable(words)}`),
    ...total.assumed.map((said) => `assumed: ${sentence(said)}`),
  ];
}

function nameOf({ key }: CostGroup, by: string): string {
  return key === null ? `(no ${by})` : printable(key);
}

const inDollars = (usd: Usd): string => dollarsText(nearestNumber(usd));

const tokens = (count: number | null): string =>
  count === null ? "?" : count.toLocaleString("en");

/** Unknown is not zero, and not nothing; where there is no line, there is nothing to know. */
function amount({ usd, lines }: CostSum): string {
  if (usd !== null) return inDollars(usd);
  return lines === 0 ? "" : "unknown";
}

const reportedText = ({ reportedUsd }: CostSum): string =>
  reportedUsd === null ? "" : inDollars(reportedUsd);

function unknownCell({ usd, unknownCalls, unknownRests }: CostSum): string {
  const unknown = unknownText(unknownCalls, unknownRests);
  return usd === null || unknown === "" ? unknown : `+ ${unknown} unknown`;
}

function unattributedLine({ unattributedUsd }: CostSum): readonly string[] {
  if (unattributedUsd === null) return [];
  return [`${inDollars(unattributedUsd)} of it was used by no call that was seen`];
}

function reportedLine(sum: CostSum): readonly string[] {
  const { reportedUsd, lines, reportedLines, difference } = sum;
  if (reportedUsd === null) return [];
  const isAll = reportedLines === lines;
  const part =
    reportedLines === 0 ? " for none of these lines" : ` for ${reportedLines} of ${lines} lines`;
  const reported = `reported by the framework: ${inDollars(reportedUsd)}${isAll ? "" : part}`;
  if (difference === null) return [reported];
  const beyond = nearestNumber(difference);
  if (Math.abs(beyond) < asGoodAsNothing) return [`${reported}, the same`];
  const size = dollarsText(Math.abs(beyond));
  const computed = isAll ? "computed" : "computed for these";
  return [`${reported}; ${computed} is ${size} ${beyond < 0 ? "less" : "more"}`];
}

/** Frameworks add up binary fractions. */
const asGoodAsNothing = 1e-9;

/** What `--since` cannot place. */
export const timelessLine = (timeless: number): readonly string[] =>
  timeless === 0
    ? []
    : [`left out: ${plural(timeless, "line")}, because nobody knows when they were made`];

const sentence = ({ words, lines }: Said): string =>
  `${printable(words)} (${plural(lines, "line")})`;
