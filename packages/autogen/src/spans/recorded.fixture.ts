import type { AgentEvent, EventDraft, SessionView, Usage } from "@spoor/core";
import {
  addUsage,
  contentReader,
  createRecorder,
  createRunTree,
  memoryJournal,
  renderTree,
  sessionReport,
  unknownUsage,
} from "@spoor/core";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { autogen } from "../adapter.ts";

export const folder: string = join(import.meta.dirname, "../fixtures/spans");

const plain = readdirSync(folder).filter((file) => file.endsWith(".native.ndjson"));
const packed = readdirSync(join(folder, "more")).filter((file) => file.endsWith(".gz"));

const nameOf = (file: string): string => file.replace(/\.(?:native|otel)\.ndjson(?:\.gz)?$/, "");

export const packedRuns: readonly string[] = packed.map(nameOf);
export const runs: readonly string[] = [...plain.map(nameOf), ...packedRuns].toSorted();

/** The lines of a recorded run, in the order of ending. */
export function linesOf(run: string): readonly string[] {
  const text = packedRuns.includes(run)
    ? String(gunzipSync(readFileSync(join(folder, "more", `${run}.otel.ndjson.gz`))))
    : readFileSync(join(folder, `${run}.native.ndjson`), "utf8");
  return text.split("\n").filter((line) => line !== "");
}

export function draftsOf(lines: readonly string[]): readonly EventDraft[] {
  const translator = autogen.createTranslator();
  return lines.flatMap((line) => {
    const native = autogen.parse(line);
    return native === null ? [] : [...translator.translate(native)];
  });
}

export interface Told {
  readonly sessions: readonly SessionView[];
  readonly events: readonly AgentEvent[];
  readonly input: number;
  readonly output: number;
  readonly complete: boolean;
  readonly trees: string;
}

/** What drafts amount to, recorded as an import records them. */
export function toldBy(drafts: readonly EventDraft[]): Told {
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
  const [tree, content] = [createRunTree(), contentReader(journal.reader())];
  for (const event of events) {
    tree.apply(event);
    content.apply(event);
  }
  const sessions = tree
    .sessions()
    .toSorted()
    .flatMap((id) => tree.session(id) ?? []);
  const { input, cacheRead, output } = usagesIn(sessions).reduce(addUsage, unknownUsage);
  return {
    sessions,
    events,
    input: (input ?? 0) + (cacheRead ?? 0),
    output: output ?? 0,
    complete: sessions.every(({ usageComplete }) => usageComplete),
    trees: sessions
      .map((view) =>
        renderTree(sessionReport(view, content), { times: false, width: 160 }).join("\n"),
      )
      .join("\n\n")
      .concat("\n"),
  };
}

const usagesIn = (sessions: readonly SessionView[]): readonly Usage[] =>
  sessions.flatMap(({ spans }) =>
    spans.flatMap(({ usage, unattributed }) =>
      [usage, unattributed].filter((part) => part !== null),
    ),
  );
