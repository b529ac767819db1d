import type { Form, Mark } from "./event-parts.ts";
import type { Key } from "./ids.ts";

/** A checkpointer says that it has the state. `state`: what was in it, as digests; the values themselves are nowhere here. */
export interface CheckpointSaved<F extends Form> extends Mark<F> {
  readonly type: "checkpoint.saved";
  readonly checkpoint: Key;
  readonly hash?: string;
  /** The checkpoint that it goes on from. Absent: none. It is no `parent`: that is a span's. */
  readonly after?: Key;
  /** Which graph of the thread. Absent: the outermost one. */
  readonly namespace?: string;
  readonly step?: number;
  /** What it comes from, in the framework's word: input, loop, update, fork. */
  readonly origin?: string;
  /** What the application calls this point. */
  readonly label?: string;
  readonly state?: F["content"];
}
/** What a task wrote, held by the checkpointer until its step is over. `writes`: as digests. */
export interface CheckpointWritten<F extends Form> extends Mark<F> {
  readonly type: "checkpoint.written";
  /** The checkpoint whose next step the task belongs to. */
  readonly checkpoint: Key;
  readonly namespace?: string;
  readonly task: Key;
  readonly writes?: F["content"];
}
/** A checkpointer did not take it, or did not say that it did: it may lie there all the same. */
export interface CheckpointRefused<F extends Form> extends Mark<F> {
  readonly type: "checkpoint.refused";
  /** Absent: it was to remove what it has of the thread. */
  readonly checkpoint?: Key;
  readonly namespace?: string;
  /** Absent: it was to save the checkpoint itself, and not what a task wrote. */
  readonly task?: Key;
  readonly errorType: string;
  readonly detail?: F["content"];
}
/** Work goes on from a state that a checkpointer gave. `state`: what was in it, as digests. */
export interface CheckpointRestored<F extends Form> extends Mark<F> {
  readonly type: "checkpoint.restored";
  readonly checkpoint: Key;
  readonly namespace?: string;
  readonly state?: F["content"];
}
/** The application had the checkpointer remove it. */
export interface CheckpointRemoved<F extends Form> extends Mark<F> {
  readonly type: "checkpoint.removed";
  /** Absent: all of the thread. */
  readonly checkpoint?: Key;
  readonly namespace?: string;
  /** What of it was left on purpose, in the framework's word. */
  readonly kept?: string;
}
