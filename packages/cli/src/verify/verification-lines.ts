import type { Finding, LaneVerification, Remark, Verification } from "@spoor/core/audit";
import { plural } from "../printing/output.ts";
import { printable } from "../printing/printable.ts";
import { momentText } from "./moment-text.ts";

/** A verification for people: what was read, what is wrong, what else is so, and what nobody could check. */
export function verificationLines(verification: Verification): readonly string[] {
  const { lanes, findings, unlisted, said, unchecked } = verification;
  const more = unlisted > 0 ? [`  ✗ and ${unlisted.toLocaleString("en")} more of these kinds`] : [];
  const lines = [
    ...lanes.flatMap(laneLines),
    ...(lanes.length === 0 ? ["There is no lane in this journal."] : []),
    ...section("Found", [...findings.map(findingLine), ...more]),
    ...section("Worth knowing", remarkLines("·", said)),
    ...section("Could not be checked", remarkLines("?", unchecked)),
    "",
    verdict(verification),
  ];
  return lines.map(printable);
}

function laneLines(lane: LaneVerification): readonly string[] {
  if (!lane.readable) return [`Lane ${lane.lane}: cannot be read`];
  const { origin, entries, signed, key, keyFrom, root, values, witnessed, contains } = lane;
  const sealed = signed === null ? "" : `, the first ${number(signed)} signed`;
  return [
    `Lane ${lane.lane}: ${origin ?? "no log"}`,
    `  ${number(entries)} ${entries === 1 ? "entry" : "entries"}${sealed}, ${valuesText(values)}`,
    ...(root === null ? [] : [`  root ${root}`]),
    ...(key === null || keyFrom === null ? [] : [`  key ${key}, ${keySources[keyFrom]}`]),
    ...contains.map(
      (size) => `  contains the checkpoint that was kept elsewhere, of ${number(size)}`,
    ),
    ...witnessed.map(
      ({ witness, size, at }) => `  ${witness} saw ${number(size)} at ${momentText(at)}`,
    ),
  ];
}

const keySources: Readonly<Record<NonNullable<LaneVerification["keyFrom"]>, string>> = {
  given: "as given",
  followed: "as the records of its epochs lead to it from the one that was given",
  log: "as the log shows it",
};

function valuesText({ whole, missing }: LaneVerification["values"]): string {
  const gone = missing === 0 ? "" : `, ${plural(missing, "value")} missing`;
  return `${number(whole)} ${whole === 1 ? "value" : "values"} whole${gone}`;
}

function findingLine({ lane, file, line, message }: Finding): string {
  const where =
    file === null ? (lane === null ? "" : `lane ${lane}: `) : `${placeIn(file, line)}: `;
  return `  ✗ ${where}${message}`;
}

const placeIn = (file: string, line: number | null): string =>
  line === null ? file : `${file}:${line}`;

/** What is true of several lanes is said once. */
function remarkLines(mark: string, remarks: readonly Remark<string>[]): readonly string[] {
  const lanes = new Map<string, string[]>();
  for (const { lane, message } of remarks)
    lanes.set(message, [...(lanes.get(message) ?? []), ...(lane === null ? [] : [lane])]);
  return [...lanes].map(([message, where]) => `  ${mark} ${lanesText(where)}${message}`);
}

function lanesText(lanes: readonly string[]): string {
  if (lanes.length === 0) return "";
  return `${lanes.length === 1 ? "lane" : "lanes"} ${lanes.join(", ")}: `;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}

function verdict({ findings, unlisted, lanes }: Verification): string {
  const found = findings.length + unlisted;
  if (found > 0) return `${plural(found, "finding")}.`;
  return lanes.some(({ signed }) => signed !== null)
    ? "Nothing found: what is signed is as it was signed."
    : "Nothing found, and nothing is signed.";
}

const number = (count: number): string => count.toLocaleString("en");
