import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";

/** A checkpointer of one kind, in a place of its own that nothing else writes to. */
export interface Opened {
  readonly saver: BaseCheckpointSaver;
  close(): Promise<void>;
}

/** One whose rows can be changed behind its back. */
export interface OpenedTables extends Opened {
  /** Runs statements on its tables. Resolves to how many rows they have touched. */
  change(statements: string): Promise<number>;
  /** What another process opens it by. */
  readonly address: string;
  /** The text of a module whose default export is this checkpointer, as an application has one. */
  readonly application: string;
}

/** All checkpointers of one kind, with the server that they need. */
export interface Checkpointers<Of extends Opened = Opened> {
  /** As the official tests know it: some of them are left out for some checkpointers. */
  readonly name: string;
  /** With nothing in it. */
  open(): Promise<Of>;
  stop(): Promise<void>;
}
