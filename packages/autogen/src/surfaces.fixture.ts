import {
  addUsage,
  type AgentEvent,
  createRecorder,
  createRunTree,
  memoryJournal,
  contentReader,
  renderTree,
  type SessionView,
  sessionReport,
  type Usage,
  unknownUsage,
} from "@spoor/core";
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { autogenAmong } from "./surfaces.ts";
import { usageIn } from "./truth.fixture.ts";

const folder = new URL("fixtures/surfaces/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".ndjson.gz"));

export type Surface = "events" | "messages";

/** Real runs that were recorded on these surfaces at once. */
export const runsWith = (...surfaces: readonly Surface[]): readonly string[] =>
  [...new Set(files.map((file) => file.split(".", 1)[0] ?? ""))].filter((run) =>
    surfaces.every((surface) => recordingsOf(run, surface).length > 0),
  );

/** One for each process that wrote a log, and for each run that was listened to by itself. */
export function recordingsOf(run: string, surface: Surface | "truth"): readonly Recording[] {
  return files
    .filter((file) => file.startsWith(`${run}.`) && file.endsWith(`.${surface}.ndjson.gz`))
    .map((file) =>
      gunzipSync(readFileSync(new URL(file, folder)))
        .toString("utf8")
        .split("\n")
        .filter((line) => line !== ""),
    );
}

/** Input is all of the prompt, whatever of it came from a cache. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
}

const tokensOf = (usages: readonly Usage[]): Tokens => {
  const { input, cacheRead, output } = usages.reduce(addUsage, unknownUsage);
  return { input: (input ?? 0) + (cacheRead ?? 0), output: output ?? 0 };
};

/** What the model server answered. */
export const truthOf = (run: string): Tokens =>
  tokensOf(recordingsOf(run, "truth").flat().map(usageIn));

export interface Told {
  readonly sessions: readonly SessionView[];
  readonly tokens: Tokens;
  readonly complete: boolean;
  readonly calls: number;
  readonly tools: number;
  readonly events: number;
  readonly refused: number;
  readonly trees: string;
}

export type Recording = readonly string[];

/** What recordings amount to that are read into one journal, in this order: each import goes through its own first. */
export function toldBy(...imports: readonly (readonly Recording[])[]): Told {
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
  for (const files of imports) {
    const entries = events.map((event) => JSON.stringify(event));
    const adapter = autogenAmong({ entries, files });
    for (const lines of files) {
      const translator = adapter.createTranslator();
      for (const line of lines) {
        const native = adapter.parse(line);
        if (native !== null) for (const draft of translator.translate(native)) recorder.emit(draft);
      }
    }
  }
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
  const countOf = (kind: string): number =>
    sessions.flatMap(({ spans }) => spans.filter((span) => span.kind === kind)).length;
  return {
    sessions,
    tokens: tokensOf(
      sessions.flatMap(({ spans }) =>
        spans.flatMap(({ usage, unattributed }) =>
          [usage, unattributed].filter((part) => part !== null),
        ),
      ),
    ),
    calls: countOf("model"),
    tools: countOf("tool"),
    complete: sessions.every(({ usageComplete }) => usageComplete),
    events: events.length,
    refused: recorder.health().refused,
    trees: sessions
      .map((view) =>
        renderTree(sessionReport(view, content), { times: false, width: 160 }).join("\n"),
      )
      .join("\n\n")
      .concat("\n"),
  };
}

/** What every order of reading has to agree on; marks of the same instant may stand in either order. */
export const shapeOf = ({ sessions }: Told): unknown =>
  sessions.map(({ id, spans, usageComplete }) => ({
    id,
    usageComplete,
    spans: spans
      .map(({ kind, name, key, status, usage, usageFinal, model, agent, parentSpanId, spanId }) => {
        const parent = spans.find((span) => span.spanId === parentSpanId);
        // A call has two keys, and the one that was recorded first names it.
        const isCall = kind === "model";
        return JSON.stringify({
          kind,
          name,
          key: isCall ? null : key,
          status,
          usage,
          usageFinal,
          model,
          agent,
          parent: parent?.key ?? null,
          spanId: isCall ? null : spanId,
        });
      })
      .toSorted(),
  }));
