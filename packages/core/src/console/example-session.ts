import type { ContentReader } from "../journal/content.ts";
import { memoryJournal } from "../journal/memory-journal.ts";
import { createRecorder } from "../recorder/recorder.ts";
import type { AgentEvent, EventDraft } from "../vocabulary/event.ts";
import { consoleExporter } from "./console-exporter.ts";

type Unplaced<Draft> = Draft extends unknown ? Omit<Draft, "session" | "source" | "at"> : never;

/** A fact of the example session, at a second of its own. */
export type Fact = Unplaced<EventDraft> & {
  readonly second?: number;
  readonly session?: string;
  readonly source?: string;
  readonly inferred?: true;
};

/** What somebody who watches has seen after these facts, told through the real recorder. */
export async function seenAfter(
  facts: readonly Fact[],
  options: { readonly color?: boolean } = {},
): Promise<readonly string[]> {
  const { events, content } = recorded(facts);
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line.replace(/\n$/, ""));
  const exporter = consoleExporter({ write, color: false, ...options });
  const context = { signal: new AbortController().signal, content };
  for (const event of events) await exporter.export([event], context);
  return lines;
}

function recorded(facts: readonly Fact[]): {
  readonly events: readonly AgentEvent[];
  readonly content: ContentReader;
} {
  const events: AgentEvent[] = [];
  const journal = memoryJournal();
  const recorder = createRecorder({
    journal,
    clock: () => 0,
    recording: true,
    recorded: (event) => void events.push(event),
  });
  for (const fact of facts) recorder.emit(draftOf(fact));
  const content: ContentReader = {
    read(held) {
      if (typeof held === "object") return { kind: "withheld", reason: held.withheld };
      const stored = journal.reader().find(held);
      return stored ? { kind: "value", value: stored.value } : { kind: "missing" };
    },
    sizeOf: () => 0,
    messages: () => null,
  };
  return { events, content };
}

function draftOf({ second, inferred, ...fact }: Fact): EventDraft {
  const placed = { session: "thread-7", source: "test", ...fact };
  if (second === undefined) return placed;
  return { ...placed, at: { ms: Math.round(second * 1_000), ...(inferred ? { inferred } : {}) } };
}
