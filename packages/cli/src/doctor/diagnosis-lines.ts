import { plural } from "../printing/output.ts";
import { printable } from "../printing/printable.ts";
import type { Diagnosis, ExporterState, Finding, JournalState, LaneState } from "./diagnosis.ts";
import { bytesText, minuteText, valueText } from "./shown-value.ts";

/** A diagnosis for people: what is configured by whom, what is there, and what is wrong. */
export function diagnosisLines(diagnosis: Diagnosis): readonly string[] {
  const { spoor, node, config, journal, exporters, findings } = diagnosis;
  const lines = [
    `spoor ${spoor.version} on Node ${node.version}`,
    "",
    `Config: ${config.file ?? (config.unusable ? "none that can be used" : "no file")}`,
    ...table(config.values.map((value) => [value.name, valueText(value), value.source])),
    "",
    ...journalLines(journal),
    "",
    "Exporters",
    ...(exporters.length === 0 ? ["  none"] : exporters.flatMap(exporterLines)),
    "",
    ...(findings.length === 0 ? [] : ["Findings", ...findings.flatMap(findingLines), ""]),
    verdict(findings),
  ];
  return lines.map(printable);
}

function journalLines(journal: JournalState | null): readonly string[] {
  if (!journal) return ["Journal: in memory"];
  const { dir, exists, writable, sessions, lanes } = journal;
  const state = exists
    ? `${plural(sessions, "session")}, ${writable ? "can be written" : "cannot be written"}`
    : `not there yet, ${writable ? "can be made" : "cannot be made"}`;
  return [`Journal: ${dir}: ${state}`, ...table(lanes.map((lane) => laneCells(lane, journal)))];
}

function laneCells(lane: LaneState, { maxBytes }: JournalState): readonly string[] {
  const bound = maxBytes === null ? "" : ` of ${bytesText(maxBytes)}`;
  const entries = `${lane.entries.toLocaleString("en")} ${lane.entries === 1 ? "entry" : "entries"}`;
  return [
    `lane ${lane.lane}`,
    entries,
    `${bytesText(lane.bytes)}${bound}`,
    writerText(lane),
    sealText(lane),
  ];
}

function sealText({ seal }: LaneState): string {
  if (!seal) return "";
  const behind = seal.unsealed === 0 ? "" : `, ${seal.unsealed.toLocaleString("en")} behind`;
  return `seal of ${seal.size === null ? "?" : seal.size.toLocaleString("en")}${behind}`;
}

function writerText({ writer: { state, pid, host, takenAt } }: LaneState): string {
  const since = takenAt === null ? "" : ` since ${minuteText(takenAt)}`;
  switch (state) {
    case "writing":
      return `process ${pid} writes${since}`;
    case "elsewhere":
      return `held by process ${pid ?? "?"} on ${host ?? "another host"}`;
    case "none":
      return "free";
    default:
      return state satisfies never;
  }
}

function exporterLines(exporter: ExporterState): readonly string[] {
  const { name, content, redact, destination, reachable, cursors } = exporter;
  const what = whatText(exporter);
  const sight = [
    what,
    content === "full" ? "with content" : "without content",
    ...(redact === null ? [] : [`redacted by ${redact}`]),
  ].join(", ");
  const reached =
    reachable === null ? "" : reachable ? ", which answers" : ", which does not answer";
  return [
    `  ${name}: ${sight}`,
    ...(destination ? [`    sends to ${destination}${reached}`] : []),
    ...cursors.map(
      ({ lane, unread, outstanding }) =>
        `    lane ${lane}: ${unread === 0 ? "has read everything" : `${unread} to read`}, ${outstanding} outstanding`,
    ),
  ];
}

function whatText(exporter: ExporterState): string {
  if (exporter.consumes === "spans") return `spans of ${shareText(exporter)}`;
  if (exporter.takes === null) return "all events";
  return `${exporter.takes.join(" and ")} of ${shareText(exporter)}`;
}

function shareText({ sample, keepErrors }: ExporterState): string {
  if (sample >= 1) return "all turns";
  const share = `${Number((sample * 100).toPrecision(3))} % of turns`;
  return keepErrors ? `${share} and of all with errors` : share;
}

function findingLines({ severity, message, fix }: Finding): readonly string[] {
  const mark = severity === "problem" ? "✗" : "·";
  const lines = message
    .split("\n")
    .map((line, index) => `${index === 0 ? `  ${mark} ` : "    "}${line}`);
  return fix === null ? lines : [...lines, `    → ${fix}`];
}

function verdict(findings: readonly Finding[]): string {
  const problems = findings.filter(({ severity }) => severity === "problem").length;
  return problems === 0 ? "No problem found." : `${plural(problems, "problem")} found.`;
}

/** Columns as wide as their widest cell, indented. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}
