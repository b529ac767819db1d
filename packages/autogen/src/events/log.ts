import { BoundedMap, type Key } from "@spoor/core";
import type { Elsewhere } from "../messages/elsewhere.ts";
import type { AgentId } from "./agent-id.ts";
import { Clock } from "./clock.ts";
import type { LogLine } from "./native.ts";
import type { Process } from "./process.ts";
import { Streams } from "./streams.ts";
import type { Team } from "./team.ts";
import { Tracebacks } from "./texts.ts";

/** A run that goes on without a task: what is told before its first message waits for its name. */
export interface Unnamed {
  readonly manager: AgentId;
  readonly held: LogLine[];
}

/** What one log has told so far. Teams are known by their id, which is the key of all their agents. */
export interface Log {
  readonly elsewhere: Elsewhere;
  readonly clock: Clock;
  readonly teams: Map<string, Team>;
  readonly unnamed: Map<string, Unnamed>;
  /** Ids of teams that were seen to start. */
  readonly known: Set<string>;
  /** Runs that a team without message ids has begun. */
  readonly begun: Map<string, number>;
  readonly streams: Streams;
  /** Messages that a model call made, by whichever team. */
  readonly made: BoundedMap<Key, true>;
  readonly tracebacks: Tracebacks;
  /** Tracebacks that were. */
  told: number;
  process: Process | null;
}

const rememberedMessages = 20_000;

export const createLog = (elsewhere: Elsewhere): Log => ({
  elsewhere,
  clock: new Clock(),
  teams: new Map(),
  unnamed: new Map(),
  known: new Set(),
  begun: new Map(),
  streams: new Streams(),
  made: new BoundedMap(rememberedMessages),
  tracebacks: new Tracebacks(),
  told: 0,
  process: null,
});
