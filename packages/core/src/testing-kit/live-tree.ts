import { createRunTree, type RunTree } from "../run-tree/run-tree.ts";
import type { EventDraft, Key } from "../vocabulary/event.ts";
import { record } from "./recording.ts";

/** How long a span of a live tree waits for better knowledge. */
export const settleMs = 1_000;
/** What is recorded in a test lies in the first seconds. */
export const never = 0;
export const soon = 10_000;

export interface Live {
  readonly tree: RunTree;
  readonly say: (...drafts: readonly EventDraft[]) => void;
  readonly left: (now: number) => readonly Key[];
}

/** A tree that is told while it is recorded, all within the first seconds. */
export function liveTree(): Live {
  const tree = createRunTree({ settleMs });
  const { recorder } = record([], { recorded: (event) => void tree.apply(event) });
  return {
    tree,
    say: (...drafts) => {
      for (const draft of drafts) recorder.emit(draft);
    },
    left: (now) => Array.from(tree.settled(now), ({ key }) => key),
  };
}
