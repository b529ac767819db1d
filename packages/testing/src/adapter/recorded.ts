import {
  type Adapter,
  type AgentEvent,
  contentReader,
  createGrammar,
  createRecorder,
  createRunTree,
  type EventDraft,
  type GrammarProblem,
  type Journal,
  type JournalRecorder,
  memoryJournal,
  renderTree,
  type RunTree,
  sessionReport,
} from "@spoor/core";

/** What a recording says, by its adapter. Lines that are not the adapter's are left out. */
export function draftsOf<Native>(
  adapter: Adapter<Native>,
  lines: readonly string[],
): readonly EventDraft[] {
  return lines.flatMap(readerOf(adapter));
}

/** Reads a recording line by line: what each says after those before it. */
export function readerOf<Native>(
  adapter: Adapter<Native>,
): (line: string) => readonly EventDraft[] {
  const translator = adapter.createTranslator();
  return (line) => {
    const native = adapter.parse(line);
    return native === null ? [] : [...translator.translate(native)];
  };
}

/** A journal in memory, its events in the order of recording, and a recorder whose clock only counts. */
export interface Recording {
  readonly journal: Journal;
  readonly recorder: JournalRecorder;
  readonly events: readonly AgentEvent[];
}

/** Reads drafts as an import does: times only where the drafts say them, and nothing that is known is recorded again. */
export function importing(): Recording {
  const journal = memoryJournal();
  const events: AgentEvent[] = [];
  const known = new Map<string, AgentEvent>();
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
  return { journal, recorder, events };
}

/** Drafts, recorded in their order into a journal in memory. */
export function recordAll(drafts: readonly EventDraft[]): Recording {
  const recording = importing();
  for (const draft of drafts) recording.recorder.emit(draft);
  return recording;
}

/** The run tree of these events, with nothing released yet. */
export function foldOf(events: Iterable<AgentEvent>): RunTree {
  const tree = createRunTree();
  for (const event of events) tree.apply(event);
  return tree;
}

/** What of these events breaks the grammar, taken as a whole recording. */
export function problemsOf(events: Iterable<AgentEvent>): readonly GrammarProblem[] {
  const grammar = createGrammar();
  for (const event of events) grammar.apply(event);
  return grammar.problems();
}

/** Every session as a person reads it, without what differs from run to run: the form that golden files have. */
export function goldenTrees({ journal, events }: Recording): string {
  const tree = foldOf(events);
  const content = contentReader(journal.reader());
  for (const event of events) content.apply(event);
  return tree
    .sessions()
    .flatMap((id) => tree.session(id) ?? [])
    .map((view) =>
      renderTree(sessionReport(view, content), { times: false, width: 160 }).join("\n"),
    )
    .join("\n\n")
    .concat("\n");
}
