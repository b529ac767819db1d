import { BoundedMap, type Key } from "@spoor/core";
import { AskedTools } from "./asked-tools.ts";
import { Astray } from "./astray.ts";
import type { Elsewhere } from "./elsewhere.ts";
import { Handoffs } from "./handoffs.ts";
import type { Fields } from "../reading/narrow.ts";
import { Scopes } from "./scopes.ts";
import { Sessions } from "./sessions.ts";
import { Triggers } from "./triggers.ts";

/** What one recording has told so far. */
export interface Known {
  readonly elsewhere: Elsewhere;
  readonly scopes: Scopes;
  readonly sessions: Sessions;
  readonly astray: Astray;
  readonly asked: AskedTools;
  readonly handoffs: Handoffs;
  readonly triggers: Triggers;
  /** How a crew is made, by the kickoff that it was told before. */
  readonly crews: BoundedMap<string, Fields>;
  /** The scope that a call has begun. */
  readonly calls: BoundedMap<string, string>;
  /** The scope that a task has begun last: some ends only say which task they are of. */
  readonly tasks: BoundedMap<string, string>;
  /** Ends that were told before their scope was seen. */
  readonly ended: BoundedMap<string, string>;
  /** Flows that wait for somebody. */
  readonly waiting: BoundedMap<string, Waiting>;
  /** How often an agent has begun in a task. */
  readonly attempts: BoundedMap<string, number>;
  /** Calls of which a piece of the answer has come. */
  readonly answering: BoundedMap<string, true>;
}

/** Which method of a flow waits, and since when. */
export interface Waiting {
  readonly method: string | undefined;
  readonly since: number | undefined;
}

export const nothingKnown = (elsewhere: Elsewhere): Known => ({
  elsewhere,
  scopes: new Scopes(),
  sessions: new Sessions(elsewhere),
  astray: new Astray(),
  asked: new AskedTools(),
  handoffs: new Handoffs(),
  triggers: new Triggers(),
  crews: new BoundedMap(100),
  calls: new BoundedMap(20_000),
  tasks: new BoundedMap(20_000),
  ended: new BoundedMap(20_000),
  waiting: new BoundedMap(1000),
  attempts: new BoundedMap(1000),
  answering: new BoundedMap(1000),
});

export const taskName = (session: string, task: string): Key => JSON.stringify([session, task]);
