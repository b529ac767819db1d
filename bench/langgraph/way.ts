import type { Load } from "../peers.ts";

/** Where a way records to, and what it may load. */
export interface Surroundings {
  readonly load: Load;
  /** The origin of a loopback server that takes whatever is sent to it. */
  readonly origin: string;
  /** An empty folder. */
  readonly scratch: string;
}

/** One way to watch the agent, set up as its own documentation says. */
export interface Way {
  /** The handlers of one turn. Undefined: none are passed. */
  callbacks(): readonly unknown[] | undefined;
  /** Resolves when what was recorded has been sent. */
  flush(): Promise<unknown>;
  /** Throws where anything that was recorded is not whole. */
  close?(): Promise<void>;
}

export type MakeWay = (surroundings: Surroundings) => Promise<Way>;
