import type { Usage } from "@spoor/core";
import { dollarsText } from "@spoor/core/report/text";
import { plural } from "../printing/output.ts";
import type { ImportReport } from "./import-report.ts";

/** Where it was put. */
export interface Put {
  /** The journal's folder, as somebody finds it from here. */
  readonly folder: string;
  /** What was typed after `--dir`, and has to be again to see it. */
  readonly dir: string | undefined;
}

/** For people: what came of an import, what it cost, what of that is not known, where it lies, and what to type next. */
export function summaryLines(report: ImportReport, put: Put): readonly string[] {
  const { sessions, skipped, calls } = report;
  return [
    newLine(report),
    ...(skipped > 0 ? [`${count(skipped, "file")} of ${report.files} had not changed`] : []),
    ...(calls > 0 ? [spentLine(report)] : []),
    ...unknownLines(report),
    ...nextLine(sessions, put),
  ];
}

function newLine({ lines, events, changed, sessions, skipped }: ImportReport): string {
  const read = `${count(lines, "line")}${skipped > 0 ? "" : " read"}`;
  return events > 0
    ? `${read}, ${count(events, "new event")} in ${count(changed, "session")}`
    : `${read}, nothing new in ${count(sessions.length, "session")}`;
}

function spentLine({ calls, usage, cost }: ImportReport): string {
  const { usd, unpriced, unpricedRests } = cost;
  const price = usd === null ? "cost unknown" : dollarsText(usd);
  const left = usd !== null && unpriced + unpricedRests > 0 ? " and more" : "";
  return `${count(calls, "model call")}, ${tokens(usage)}, ${price}${left}`;
}

function tokens({ input, cacheRead, cacheWrite, output }: ImportReport["usage"]): string {
  const known = [input, cacheRead, cacheWrite].filter((bucket) => bucket !== null);
  const all = known.length === 0 ? null : known.reduce((sum, bucket) => sum + bucket, 0);
  const cached =
    all && cacheRead ? ` (${Math.floor((cacheRead / all) * 100)} % from the cache)` : "";
  return `${amount(all)} tokens in${cached}, ${amount(output)} out`;
}

const amount = (bucket: Usage["input"]): string =>
  bucket === null ? "unknown" : bucket.toLocaleString("en");

/** Nothing that is not known is passed over in silence. */
function unknownLines(report: ImportReport): readonly string[] {
  const { cost, unsettled, usageComplete, uncounted, unsummed, unplaced } = report;
  const { unknown, malformed, torn } = report;
  const said: readonly (readonly [number, string])[] = [
    [cost.unpriced, `${count(cost.unpriced, "model call")} without a price`],
    [
      cost.unpricedRests,
      `${count(cost.unpricedRests, "rest")} without a price: used by no call that was seen`,
    ],
    [
      usageComplete ? 0 : unsettled,
      `${count(unsettled, "model call")} of which the final usage was not seen`,
    ],
    [uncounted, `${count(uncounted, "session")} in which something was used that nobody counted`],
    [unsummed, `${count(unsummed, "session")} too long to be summed up here: see spoor cost`],
    [
      unplaced,
      `${count(unplaced, "span")} in no turn that is known: what they hang on is in none of the files`,
    ],
    [unknown, `${count(unknown, "line")} of a kind that is not known, kept as noted`],
    [malformed, `${count(malformed, "line")} could not be read`],
    [torn, `${count(torn, "file")} ending within a line, which is left for the next time`],
  ];
  return said.flatMap(([how, sentence]) => (how > 0 ? [sentence] : []));
}

function nextLine([only, ...others]: readonly string[], { folder, dir }: Put): readonly string[] {
  if (only === undefined) return [];
  const named = dir === undefined ? "" : ` --dir ${dir}`;
  const commands = others.length === 0 ? [`show ${only}`] : ["sessions", "cost"];
  const see = commands.map((command) => `spoor ${command}${named}`).join(", and ");
  return [`in ${folder}: see ${see}`];
}

const count = (many: number, noun: string): string => plural(many, noun).replace(/^\d+/, grouped);
const grouped = (digits: string): string => Number(digits).toLocaleString("en");
