import type { SpanId } from "../../vocabulary/event.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import type { ChannelChange, Listed } from "./channel-changes.ts";
import type { ResumeConfig } from "./resume-config.ts";

/** One thing that a checkpointer did, or did not. */
export type Happening =
  | SavedHappening
  | ResumedHappening
  | WrittenHappening
  | RefusedHappening
  | RemovedHappening;

interface At {
  readonly at: string | null;
  /** In which turn, from 0; null: in none that is known. */
  readonly turn: number | null;
  readonly spanId: SpanId | null;
}

interface OfCheckpoint extends At {
  readonly checkpoint: string;
  /** As LangGraph calls it; empty: the outermost graph. */
  readonly namespace: string;
  /** The nodes that the graph lies in, outermost first; empty: the outermost graph. */
  readonly within: readonly string[];
}

/** A state that can be gone back to. */
export interface SavedHappening extends OfCheckpoint {
  readonly what: "saved";
  /** The checkpoint that it goes on from; null: none. */
  readonly after: string | null;
  readonly step: number | null;
  /** In the framework's word: input, loop, update, fork. */
  readonly origin: string | null;
  /** What the application calls this point. */
  readonly label: string | null;
  /** Something went on from the same checkpoint before, so the history branches here. */
  readonly isBranch: boolean;
  /** Saved before, and now once more under the same id. */
  readonly isAgain: boolean;
  /** `pruned`: the checkpointer may have it no more. */
  readonly standing: "stored" | "pruned" | "removed";
  /** What LangGraph is given, to go on from here; null: it is not known how to get into this graph. */
  readonly resume: ResumeConfig | null;
  /** What it brought. */
  readonly state: Listed<ChannelChange>;
  /** What tasks wrote for the next step. */
  readonly writes: readonly TaskWrites[];
  /** False: no step that was told of goes on from it, so what tasks wrote waits here. */
  readonly isStepped: boolean;
}

export interface TaskWrites {
  readonly task: string;
  /** The node that it runs; null: none that is known. */
  readonly node: string | null;
  readonly spanId: SpanId | null;
  readonly turn: number | null;
  readonly written: Listed<string>;
}

/** A graph began from a state that was loaded. */
export interface ResumedHappening extends OfCheckpoint {
  readonly what: "resumed";
  /** Of the same graph, another one had been told of after it: the run went back. */
  readonly wentBack: boolean;
  /** Null: nobody told that it was saved. */
  readonly savedIn: { readonly turn: number | null } | null;
}

/** What a task wrote for a checkpoint of which nobody told that it was saved. */
export interface WrittenHappening extends OfCheckpoint {
  readonly what: "written";
  readonly writes: TaskWrites;
}

/** The checkpointer failed. It may lie there all the same. */
export interface RefusedHappening extends At {
  readonly what: "refused";
  /** Null: it was to remove something. */
  readonly checkpoint: string | null;
  readonly namespace: string;
  readonly within: readonly string[];
  /** Null: it was to save the checkpoint itself, and not what a task wrote. */
  readonly task: string | null;
  readonly errorType: string;
  readonly detail: JsonValue;
}

export interface RemovedHappening extends At {
  readonly what: "removed";
  /** Null: all of the thread. */
  readonly checkpoint: string | null;
  /** What of it was left on purpose, in the framework's word; null: nothing. */
  readonly kept: string | null;
}
