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
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { autogen } from "./adapter.ts";
import { usageIn } from "./truth.fixture.ts";

const folder = new URL("fixtures/surfaces/", import.meta.url);
const files = readdirSync(folder);

export type Surface = "events" | "messages";

/** Real runs that were recorded on these surfaces at once. */
export const runsWith = (...surfaces: readonly Surface[]): readonly string[] =>
  files
    .filter((file) => file.endsWith(`.${surfaces[0]}.ndjson`))
    .map((file) => file.replace(/\.\w+\.ndjson$/, ""))
    .filter((run) => surfaces.every((surface) => files.includes(`${run}.${surface}.ndjson`)));

export function linesOf(run: string, surface: Surface | "truth"): readonly string[] {
  const file = new URL(`${run}.${surface}.ndjson`, folder);
  return existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
    : [];
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

/** What the model server answered. A message leaves out what was read from a cache beside the prompt, as Anthropic counts. */
export const truthOf = (run: string): Tokens => tokensOf(linesOf(run, "truth").map(usageIn));

export interface Told {
  readonly sessions: readonly SessionView[];
  readonly tokens: Tokens;
  readonly complete: boolean;
  readonly events: number;
  readonly trees: string;
}

/** What recordings amount to, read one after the other into one journal, each by a translator of its own. */
export function toldBy(...recordings: readonly (readonly string[])[]): Told {
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
  for (const lines of recordings) {
    const translator = autogen.createTranslator();
    for (const line of lines) {
      const native = autogen.parse(line);
      if (native !== null) for (const draft of translator.translate(native)) recorder.emit(draft);
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
  return {
    sessions,
    tokens: tokensOf(
      sessions.flatMap(({ spans }) =>
        spans.flatMap(({ usage, unattributed }) =>
          [usage, unattributed].filter((part) => part !== null),
        ),
      ),
    ),
    complete: sessions.every(({ usageComplete }) => usageComplete),
    events: events.length,
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
