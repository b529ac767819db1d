import type { CursorState, ExporterState, Facts, Finding, JournalState } from "./diagnosis.ts";
import { note, problem } from "./finding.ts";

/** Why an exporter's destination may not have what was recorded. */
export function exporterFindings({
  exporters,
  journal,
}: Pick<Facts, "exporters" | "journal">): readonly Finding[] {
  const troubleOf = ({ companionOf, trouble }: ExporterState): string | null =>
    companionOf === null
      ? trouble
      : (exporters.find(({ name }) => name === companionOf)?.trouble ?? null);
  return exporters.flatMap((exporter) => [
    ...destinationFindings(exporter),
    ...(journal ? cursorFindings({ ...exporter, trouble: troubleOf(exporter) }, journal) : []),
  ]);
}

/** Of an exporter, and not again of what goes along with it. */
function destinationFindings({
  name,
  companionOf,
  destination,
  reachable,
  trouble,
}: ExporterState): readonly Finding[] {
  if (destination === null || companionOf !== null) return [];
  if (destination === "") return [unusable(name, trouble)];
  return [
    ...(URL.parse(destination)?.port === "4317"
      ? [
          note(
            "DESTINATION_SPEAKS_GRPC",
            `${name} sends to port 4317 (${destination}), where collectors usually expect gRPC`,
            "Spoor speaks OTLP over HTTP: that is usually port 4318.",
          ),
        ]
      : []),
    ...(reachable === false
      ? [
          problem(
            "DESTINATION_UNREACHABLE",
            `nothing answers at ${destination}, where ${name} sends: what is recorded waits in the journal`,
            "Start what should listen there, or correct the address.",
          ),
        ]
      : []),
    ...(trouble === null
      ? []
      : [
          problem(
            "DESTINATION_REFUSES",
            `${name} would not be taken: ${trouble}`,
            "Nothing is lost: what is recorded waits in the journal until this is put right.",
          ),
        ]),
  ];
}

function unusable(name: string, trouble: string | null): Finding {
  return trouble === null
    ? problem(
        "DESTINATION_UNUSABLE",
        `${name} has no address that a request can go to`,
        "Give a whole one, such as http://localhost:4318/v1/traces for OTLP or https://cloud.langfuse.com for Langfuse.",
      )
    : problem(
        "DESTINATION_UNUSABLE",
        `${name} cannot send anything: ${trouble}`,
        "Put this right: until then what is recorded waits in the journal.",
      );
}

function cursorFindings(exporter: ExporterState, journal: JournalState): readonly Finding[] {
  return [
    ...exporter.unreadable.map(({ lane, reason }) =>
      problem(
        "CURSOR_UNREADABLE",
        `${exporter.name} cannot tell what of lane ${lane} has arrived, so all of it will be sent again: ${reason}`,
        "Put that file right before the application starts, or remove it: then only what is recorded from then on is sent.",
      ),
    ),
    ...progressFindings(exporter, journal),
  ];
}

function progressFindings(
  { name, cursors, unreadable, trouble }: ExporterState,
  { lanes }: JournalState,
): readonly Finding[] {
  if (cursors.length + unreadable.length === 0 && lanes.some(({ entries }) => entries > 0))
    return [
      note(
        "EXPORTER_NOT_STARTED",
        `${name} is new to this journal: it gets what is recorded from the next start on, not what lies here already`,
      ),
    ];
  return cursors.flatMap((cursor) => {
    const lane = lanes.find((candidate) => candidate.lane === cursor.lane);
    return [
      ...failures(name, cursor, trouble),
      ...(lane ? delay(name, cursor, lane.writer.state === "writing") : []),
    ];
  });
}

function failures(
  name: string,
  { lane, failure }: CursorState,
  trouble: string | null,
): readonly Finding[] {
  if (failure === undefined) return [];
  if (trouble !== null && failure.endsWith(trouble)) return [];
  return [
    problem(
      "EXPORTER_FAILING",
      `${name} could not deliver what it has of lane ${lane}: ${failure}`,
      "Nothing is lost: put right what it says, and the application, or spoor export --pending, delivers what waits in the journal.",
    ),
  ];
}

/** What is still open is outstanding, too, so only entries that nobody reads are a problem. */
function delay(
  name: string,
  { lane, unread, outstanding }: CursorState,
  isWriting: boolean,
): readonly Finding[] {
  const entries = `${unread} ${unread === 1 ? "entry" : "entries"}`;
  const behind = `${name} has still to read ${entries} of lane ${lane}`;
  if (unread > 0 && !isWriting)
    return [
      problem(
        "EXPORTER_BEHIND",
        `${behind}, and nobody is delivering`,
        "Start the application again: the next process in this lane goes on from there.",
      ),
    ];
  if (unread > 0) return [note("EXPORTER_CATCHING_UP", `${behind}: a process is delivering`)];
  if (outstanding === 0) return [];
  return [
    note(
      "EXPORTER_CATCHING_UP",
      `${name} has read lane ${lane}, and ${outstanding} of what began there has not arrived: it is open, or on its way`,
    ),
  ];
}
