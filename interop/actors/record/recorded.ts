import {
  contentReader,
  createRunTree,
  journalReader,
  sessionReport,
  type RunTree,
  type TurnReport,
} from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";

/** What journals say together. */
export interface Recorded {
  readonly tree: RunTree;
  /** By their type, how many events there are. */
  readonly counts: ReadonlyMap<string, number>;
  readonly turnsOf: (session: string) => readonly TurnReport[];
}

/** Throws where a line of them is no event. */
export function recordedIn(...journals: readonly string[]): Recorded {
  const reader = journalReader(journals);
  const [tree, content] = [createRunTree(), contentReader(reader)];
  const counts = new Map<string, number>();
  for (const { line } of reader.entries()) {
    const parsed = parseEventLine(line);
    if (!parsed.ok) throw new Error(`cannot read ${line}`);
    tree.apply(parsed.event);
    content.apply(parsed.event);
    counts.set(parsed.event.type, (counts.get(parsed.event.type) ?? 0) + 1);
  }
  return {
    tree,
    counts,
    turnsOf: (session) => {
      const view = tree.session(session);
      return view ? sessionReport(view, content).turns : [];
    },
  };
}
