import {
  closeExporters,
  type ContentPolicy,
  deliverOnce,
  deliverPending,
  type DeliveryReport,
  type LaneDelivery,
  type Route,
} from "@spoor/core";
import { readArguments } from "../typed/arguments.ts";
import { BadInput } from "../bad-input.ts";
import { oneOf } from "../typed/choice.ts";
import type { Command } from "../command.ts";
import { configuredRoutes, routeTo } from "../export/destinations.ts";
import { isComplete, reportJson, type ReportJson, reportLine } from "../export/export-report.ts";
import type { ExitCode, Io } from "../io.ts";
import { existingJournalFolder } from "../record/journal-folder.ts";
import { askRecord } from "../record/journal-record.ts";
import { plural, printJson, printLines, warn } from "../printing/output.ts";
import { findWithEntries } from "../retain/find-with-entries.ts";
import { sessionsOf } from "../record/sessions-in.ts";

const patienceMs = 30_000;

interface Wanted {
  readonly to?: string;
  readonly file?: string;
  readonly url?: string;
  readonly content?: string;
  readonly pending?: boolean;
  readonly json?: boolean;
}

/** What a journal holds, to a destination, through the same readers as live delivery. */
export const exportRecord: Command = {
  name: "export",
  usage:
    "export SESSION --to NAME [--file F] [--url U] [--content none|full] | --pending [--to NAME]",
  summary: "a session, or what was not delivered yet, to an exporter",
  details: [
    "SESSION     its id, the beginning of it, or latest: all that is known of it, apart from all cursors",
    "--pending   what exporters of your config do not have yet, in lanes that no process writes now",
    "--to NAME   an exporter of your config, or ndjson, otlp, langfuse, console",
    "--file F    where ndjson is appended to; else it goes to standard output",
    "--url U     the OTLP traces endpoint, or the address of Langfuse; else what their variables say",
    "--content   none or full; else as the exporter has it",
    "--json      the reports as one JSON document (docs/spec/export-json.md)",
  ],
  async run(args, io) {
    const { positionals, dir, ...wanted } = readArguments("export", args, {
      to: "string",
      file: "string",
      url: "string",
      content: "string",
      pending: "boolean",
    });
    const [asked, ...surplus] = positionals;
    if (surplus.length > 0 || (asked === undefined) === (wanted.pending !== true))
      throw new BadInput("export takes one session, or --pending: see spoor export --help");
    const surplusOption = (["file", "url", "content"] as const).find((name) => wanted[name]);
    if (wanted.pending && surplusOption !== undefined)
      throw new BadInput(
        `--pending delivers as your config says, so --${surplusOption} says nothing`,
      );
    const folder = await existingJournalFolder(dir, io);
    return asked === undefined
      ? exportPending(folder, wanted, io)
      : exportSession(asked, folder, wanted, io);
  },
};

async function exportSession(
  asked: string,
  folder: string,
  wanted: Wanted,
  io: Io,
): Promise<ExitCode> {
  const { to: name, file, url, json } = wanted;
  if (name === undefined)
    throw new BadInput(
      "export needs --to: ndjson, otlp, langfuse, console or an exporter of your config",
    );
  const writesToOutput = name === "console" || (name === "ndjson" && file === undefined);
  if (json && writesToOutput)
    throw new BadInput(`--json and ${name} would both write to standard output: give --file`);
  const { session, events, views, content } = await askRecord(folder, (record) => {
    const found = findWithEntries(asked, record.lastActivity(), folder);
    const recorded = record.sessions([found], io);
    const all = [...recorded.events];
    return { session: found, events: all, ...sessionsOf({ ...recorded, events: all }) };
  });
  const route = await routeTo(name, { file, url, content: policyIn(wanted.content) }, io);
  const spans = views.flatMap((view) => view.spans);
  const ended = spans.filter(({ status }) => status !== "open");
  const reports = await deliverOnce(route, { events, spans: ended, content }, patienceMs);
  await closeExporters([route.to]);
  const open = route.to.consumes === "spans" ? spans.length - ended.length : 0;
  if (json) printJson(io, { session, open, ...reportsJson(route.to.name, reports) });
  else {
    const say = writesToOutput ? warn : (_: Io, line: string): void => printLines(io, [line]);
    for (const [exporter, report] of Object.entries(reports))
      if (exporter === route.to.name) say(io, reportLine(exporter, report));
      else if (concernsIt(report)) say(io, reportLine(exporter, ofItsOwn(report)));
    if (open > 0) say(io, `left out ${plural(open, "span")} that nobody has ended yet`);
  }
  return Object.values(reports).every(isComplete) ? 0 : 1;
}

async function exportPending(folder: string, { to, json }: Wanted, io: Io): Promise<ExitCode> {
  const routes = await pendingRoutes(to, io);
  const lanes: LaneDelivery[] = [];
  for await (const lane of deliverPending({ dir: folder, routes, timeoutMs: patienceMs })) {
    lanes.push(lane);
    if (!json) printLines(io, linesOf(lane));
  }
  await closeExporters(routes.map((route) => route.to));
  if (json) printJson(io, { lanes: lanes.map(laneJson) });
  const reports = lanes.flatMap((lane) =>
    lane.state === "read" ? Object.values(lane.exporters) : [],
  );
  return reports.every(isComplete) ? 0 : 1;
}

async function pendingRoutes(name: string | undefined, io: Io): Promise<readonly Route[]> {
  const configured = await configuredRoutes(io);
  const routes = configured.filter(({ to }) => name === undefined || to.name === name);
  if (routes.length > 0) return routes;
  throw new BadInput(
    name === undefined
      ? "no exporter is configured, so nothing is pending: spoor doctor shows the config"
      : `no exporter ${name} is configured, so nothing is pending for it: spoor doctor shows the config`,
  );
}

function linesOf(lane: LaneDelivery): readonly string[] {
  if (lane.state === "held")
    return [`lane ${lane.lane}: written by a process that runs, and delivers it itself`];
  return Object.entries(lane.exporters).map(
    ([name, report]) => `lane ${lane.lane}: ${reportLine(name, report)}`,
  );
}

function laneJson(lane: LaneDelivery): unknown {
  return lane.state === "held" ? lane : { ...lane, exporters: byName(lane.exporters) };
}

/** Whether there was anything for a companion at all. */
const concernsIt = ({ accepted, filtered }: DeliveryReport): boolean => accepted > filtered;

/** Without what passes a companion by, which is all that it does not take: nobody misses it there. */
const ofItsOwn = (report: DeliveryReport): DeliveryReport => ({
  ...report,
  accepted: report.accepted - report.filtered,
  filtered: 0,
});

type Reports = Readonly<Record<string, DeliveryReport>>;

/** The exporter that was asked for stands alone; its companion, where it has one, beside it. */
function reportsJson(exporter: string, { [exporter]: report, ...others }: Reports): object {
  return {
    exporter,
    report: report ? reportJson(report) : null,
    ...(Object.keys(others).length === 0 ? {} : { companions: byName(others) }),
  };
}

function byName(reports: Reports): Readonly<Record<string, ReportJson>> {
  const entries = Object.entries(reports);
  return Object.fromEntries(entries.map(([name, report]) => [name, reportJson(report)]));
}

const policies: readonly ContentPolicy[] = ["none", "full"];

function policyIn(content: string | undefined): ContentPolicy | undefined {
  return content === undefined ? undefined : oneOf("--content", content, policies);
}
