import type { Key } from "@spoor/core";

/** An answer of a model server: by its id, and by when it came, because a scripted server gives the same ids to each run. */
export interface Answer {
  readonly id: string | undefined;
  readonly ms: number | undefined;
}

/** What other recordings, and the journal, tell of the same runs. */
export interface Elsewhere {
  /** The session in which something of this name is told. Null: nobody tells of it. */
  sessionOf(key: Key): string | null;
  /** The session in which spans of others count an answer of a model server. */
  countedIn(answer: Answer): string | null;
  /** Whether events tell of a task: its spans tell nothing else. */
  isTask(id: string): boolean;
  /** Whether the spans of a trace tell what others tell as well, and no id joins the two. */
  isTold(trace: string): boolean;
}

/** A recording that is read by itself. */
export const nothingElsewhere: Elsewhere = {
  sessionOf: () => null,
  countedIn: () => null,
  isTask: () => false,
  isTold: () => false,
};
