import {
  type Adapter,
  addUsage,
  type EventDraft,
  type AgentEvent,
  contentReader,
  createRecorder,
  createRunTree,
  memoryJournal,
  renderTree,
  type SessionView,
  sessionReport,
  type Usage,
  unknownUsage,
} from "@spoor/core";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { crewai } from "./adapter.ts";
import { crewaiAmong } from "./among.ts";
import type { CrewaiLine } from "./native.ts";
import { countOf, type Fields, fieldsOf, parsed, textOf } from "../reading/narrow.ts";

const folder = new URL("fixtures/recordings/", import.meta.url);

export const versions: readonly string[] = ["v1.15.30", "v1.9.3", "v1.8.1", "v0.140.0"];

/** `<version>/<run>`, of real runs of which the bus' events were recorded. */
export const runsOf = (version: string): readonly string[] =>
  readdirSync(new URL(`${version}/`, folder))
    .filter((file) => file.endsWith(".events.ndjson.gz"))
    .map((file) => `${version}/${file.replace(".events.ndjson.gz", "")}`);

export function linesOf(file: string): readonly string[] {
  const path = new URL(`${file}.gz`, folder);
  if (!existsSync(path)) return [];
  const text = gunzipSync(readFileSync(path)).toString("utf8");
  return text.split("\n").filter((line) => line !== "");
}

export const eventsOf = (run: string): readonly string[] => linesOf(`${run}.events.ndjson`);

/** Input is all of the prompt, whatever of it came from a cache or was written to one. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** What the model server answered: embeddings and counts of tokens are no model calls. */
export function truthOf(run: string): Tokens {
  const calls = linesOf(`${run}.truth.ndjson`).map((line) => fieldsOf(parsed(line)));
  const used = calls.filter(
    ({ path }) => path !== "embeddings" && path !== "messages/count_tokens",
  );
  return used.reduce<Tokens>(
    (sum, { usage }) => {
      const counted = fieldsOf(usage);
      const count = (name: string): number => countOf(counted[name]) ?? 0;
      return {
        input:
          sum.input +
          count("prompt_tokens") +
          count("input_tokens") +
          count("cache_read_input_tokens") +
          count("cache_creation_input_tokens"),
        output: sum.output + count("completion_tokens") + count("output_tokens"),
      };
    },
    { input: 0, output: 0 },
  );
}

function tokensOf(usages: readonly Usage[]): Tokens {
  const { input, cacheRead, cacheWrite, output } = usages.reduce(addUsage, unknownUsage);
  return { input: (input ?? 0) + (cacheRead ?? 0) + (cacheWrite ?? 0), output: output ?? 0 };
}

export interface Told {
  readonly sessions: readonly SessionView[];
  readonly tokens: Tokens;
  readonly complete: boolean;
  readonly events: readonly AgentEvent[];
  readonly trees: string;
  readonly refused: string | null;
}

export const draftsOf = (lines: readonly string[]): readonly EventDraft[] =>
  draftsBy(crewai, lines);

const draftsBy = (
  adapter: Adapter<CrewaiLine>,
  lines: readonly string[],
): readonly EventDraft[] => {
  const translator = adapter.createTranslator();
  return lines.flatMap((line) => {
    const native = crewai.parse(line);
    return native === null ? [] : [...translator.translate(native)];
  });
};

/** What recordings amount to, read one after the other into one journal, each by a translator of its own. */
export function toldBy(...recordings: readonly (readonly string[])[]): Told {
  return toldIn(recordings.flatMap((lines) => draftsOf(lines)));
}

function toldIn(drafts: readonly EventDraft[]): Told {
  const events: AgentEvent[] = [];
  const known = new Map<string, AgentEvent>();
  const journal = memoryJournal();
  let ticks = 0;
  const recorder = createRecorder({
    journal,
    clock: () => (ticks += 1),
    recording: true,
    known: (_session, id) => known.get(id) ?? null,
    recorded: (event) => {
      known.set(event.id, event);
      events.push(event);
    },
  });
  for (const draft of drafts) recorder.emit(draft);
  const tree = createRunTree();
  const content = contentReader(journal.reader());
  for (const event of events) {
    tree.apply(event);
    content.apply(event);
  }
  const sessions = tree
    .sessions()
    .toSorted()
    .flatMap((id) => tree.session(id) ?? []);
  const usages = sessions.flatMap(({ spans }) =>
    spans.flatMap(({ usage, unattributed }) =>
      [usage, unattributed].filter((part) => part !== null),
    ),
  );
  return {
    sessions,
    tokens: tokensOf(usages),
    complete: sessions.every(({ usageComplete }) => usageComplete),
    events,
    trees: sessions
      .map((view) =>
        renderTree(sessionReport(view, content), { times: false, width: 160 }).join("\n"),
      )
      .join("\n\n")
      .concat("\n"),
    refused: recorder.health().lastRefusal?.message ?? null,
  };
}

/** What every order of delivery has to agree on. What a session is called follows from the first line, and ids of spans from that. */
export const shapeOf = ({ sessions }: Told): unknown =>
  sessions
    .map(({ spans, marks, usageComplete }) => ({
      usageComplete,
      marks: marks
        .filter(({ type }) => type !== "session.started")
        .map(({ type, mark }) => `${type} ${mark}`)
        .toSorted(),
      spans: spans.map((span) => spanShape(span, spans)).toSorted(),
    }))
    .map((session) => JSON.stringify(session))
    .toSorted();

function spanShape(span: SessionView["spans"][number], spans: SessionView["spans"]): string {
  const keyOf = (id: string | null): string | null =>
    spans.find(
      ({ spanId, otherSpanIds }) => spanId === id || otherSpanIds?.some((other) => other === id),
    )?.key ?? null;
  const { kind, name, key, agent, status, errorType, usage, usageFinal, requestModel, attempt } =
    span;
  return JSON.stringify({
    kind,
    name,
    key,
    agent,
    status,
    errorType,
    usage,
    usageFinal,
    requestModel,
    attempt,
    parent: keyOf(span.parentSpanId),
    turn: keyOf(span.turnSpanId),
    cause: span.kind === "tool" ? null : keyOf(span.causedBy),
    startedAt: span.startedAt,
    endedAt: span.endedAt,
    marks: span.marks
      .filter(({ type }) => type !== "span.amended")
      .map((mark) => `${mark.type} ${"mark" in mark ? mark.mark : ""}`)
      .toSorted(),
  });
}

/** What recordings that are imported together amount to. */
export function toldAmong(...recordings: readonly (readonly string[])[]): Told {
  const among = crewaiAmong({ entries: [], files: recordings });
  return toldIn(recordings.flatMap((lines) => draftsBy(among, lines)));
}

/** The same events as Spoor's listener writes them: in the order of emission, each with the execution that it is of. */
export const listenedTo = (lines: readonly string[]): readonly string[] =>
  lines
    .map((line) => fieldsOf(parsed(line)))
    .map(({ _rec, ...event }) => ({ event, tap: fieldsOf(_rec) }))
    .toSorted((one, other) => Number(one.tap["emit_n"]) - Number(other.tap["emit_n"]))
    .map(({ event, tap }) =>
      JSON.stringify({
        v: 1,
        source: "spoor-crewai",
        kind: "event",
        process: "f00d",
        crewai: "1.15.30",
        n: tap["emit_n"],
        run: tap["execution_uuid"] ?? null,
        emitter: { class: tap["source"], ...flowOf(event) },
        event,
      }),
    );

/** A flow is called by the id of its state, which the events of its methods tell. */
function flowOf(event: Fields): { readonly id?: string } {
  const id = textOf(fieldsOf(event["state"])["id"]);
  return id === undefined ? {} : { id };
}
