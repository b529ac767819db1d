import type { Key } from "@spoor/core";
import { AskedTools } from "./asked-tools.ts";
import { Astray } from "./astray.ts";
import type { Elsewhere } from "./elsewhere.ts";
import { Forgetful } from "./forgetful.ts";
import { Handoffs } from "./handoffs.ts";
import type { Fields } from "./narrow.ts";
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
  readonly crews: Forgetful<Fields>;
  /** The scope that a call has begun. */
  readonly calls: Forgetful<string>;
  /** The scope that a task has begun last: some ends only say which task they are of. */
  readonly tasks: Forgetful<string>;
  /** Ends that were told before their scope was seen. */
  readonly ended: Forgetful<string>;
  /** Flows that wait for somebody. */
  readonly waiting: Forgetful<Waiting>;
  /** How often an agent has begun in a task. */
  readonly attempts: Forgetful<number>;
  /** Calls of which a piece of the answer has come. */
  readonly answering: Forgetful<true>;
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
  crews: new Forgetful(100),
  calls: new Forgetful(20_000),
  tasks: new Forgetful(20_000),
  ended: new Forgetful(20_000),
  waiting: new Forgetful(1000),
  attempts: new Forgetful(1000),
  answering: new Forgetful(1000),
});

export const taskName = (session: string, task: string): Key => JSON.stringify([session, task]);
