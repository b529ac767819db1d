import type { Key } from "@spoor/core";
import type { Elsewhere } from "../messages/elsewhere.ts";
import type { Run } from "../messages/run.ts";
import type { AgentId } from "./agent-id.ts";
import type { Unclaimed } from "./claims.ts";
import type { Clock } from "./clock.ts";

/** A run that the log tells of. Teams within it have their own id, and tell of the same run. */
export interface LoggedRun {
  readonly run: Run;
  /** False: it is what a tool call of another run does. */
  readonly isRun: boolean;
  readonly clock: Clock;
  readonly elsewhere: Elsewhere;
  readonly unclaimed: Unclaimed[];
  readonly like: Map<string, number>;
  /** Teams that are at work on it, the outermost first. */
  readonly teams: Team[];
  /** An agent that failed, in its own words. */
  failure: { readonly errorType: string } | null;
}

/** A team at work on a run. */
export interface Team {
  readonly manager: AgentId;
  readonly logged: LoggedRun;
  /** What its agents lie in. */
  readonly top: Key;
  /** Who has been asked to speak, and has not answered. */
  readonly asked: Set<string>;
  /** The manager's latest call since somebody has answered. */
  choosing: { readonly key: Key; hasChosen: boolean } | null;
}
