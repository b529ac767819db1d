import type { AgentEvent, EventDraft } from "@spoor/core";

/** The same fact twice: as an agent's code says it, and as an event that a plain logger would have at hand. */
export interface Fact {
  readonly draft: EventDraft;
  readonly event: AgentEvent;
}

/** One way to write down what an agent does. */
export interface Way {
  /** A promise: the application waits for it before it goes on. */
  write(fact: Fact): void | Promise<void>;
  /** What an application waits for before it answers. Absent: nothing. */
  turnEnded?(): Promise<unknown>;
  /** Resolves once nothing of what was written is still to be worked on. */
  settled?(): Promise<void>;
  close(): Promise<unknown>;
  /** Throws unless so many facts are there, whole: a figure over facts that were never written would be a lie. */
  check(facts: number): void;
}

/** In an empty folder. */
export type MakeWay = (folder: string) => Way;

export function mustBe(what: string, expected: number, received: number): void {
  if (received !== expected) throw new Error(`expected ${expected} ${what}, received ${received}`);
}
