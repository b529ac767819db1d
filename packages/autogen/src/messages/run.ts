import type { EventDraft, Key, Usage } from "@spoor/core";
import type { Elsewhere } from "./elsewhere.ts";
import type { Item, ItemUsage } from "./native.ts";
import { jsonOf, timed } from "./narrow.ts";

/** Who tells of a run: its own messages, or the log beside it. */
export type Witness = "stream" | "log";

/** A run as far as one witness has told of it. All its keys are made of message ids, so every witness names them alike. */
export interface Run {
  readonly session: string;
  readonly source: Witness;
  readonly elsewhere: Elsewhere;
  /** The id of its first message, or what stands in for it. */
  readonly id: string;
  readonly turn: Key;
  /** What its agents lie in: the team, where one is known, else the turn. */
  readonly top: Key;
  /** Who chooses the speakers, and is none of them. */
  readonly manager: string | undefined;
  /** Another run that the journal holds is this one, told by the other surface: nothing had joined the two when they were recorded. */
  readonly hasTwin: boolean;
  /** Of items without an id of their own. */
  unnamed: number;
  readonly seen: Set<Key>;
  /** By source. */
  readonly agents: Map<string, Activation>;
  /** The last activation of each source, over or not. */
  readonly latest: Map<string, Key>;
}

/** A tool call that a model asked for. */
export interface Asked {
  readonly key: Key;
  readonly id: string | undefined;
  readonly name: string;
  readonly input: unknown;
  answered: boolean;
  /** It stands for an agent or a team, whose task has been told. */
  isTask: boolean;
}

/** An agent at work: from its first item to the message that it answers with. */
export interface Activation {
  readonly key: Key;
  readonly asked: Asked[];
  /** Its last model call, where that is told here. */
  call: Key | undefined;
  /** The first of the tools that its last answer asked for: what a model says next, it says to their results. */
  tool: Key | undefined;
}

/** What every draft about a run says. */
export const about = ({
  session,
  source,
}: Pick<Run, "session" | "source">): Pick<Run, "session" | "source"> => ({ session, source });

export interface RunOptions extends Pick<Run, "session" | "source" | "elsewhere" | "id"> {
  readonly top?: Key | undefined;
  readonly manager?: string | undefined;
  readonly hasTwin?: boolean;
}

export function createRun(options: RunOptions): Run {
  const { session, source, elsewhere, id, top, manager, hasTwin = false } = options;
  const turn = runKey(id);
  return {
    session,
    source,
    elsewhere,
    id,
    turn,
    manager,
    hasTwin,
    top: top ?? turn,
    unnamed: 0,
    seen: new Set<Key>(),
    agents: new Map(),
    latest: new Map(),
  };
}

/** Its id; before 0.6.2 there is none, and who spoke at which microsecond stands in; before 0.6.0 there is nothing that tells. */
export const idOf = ({ id, source, createdAt }: Item): string | undefined =>
  id ?? (createdAt === undefined ? undefined : `${source}@${createdAt}`);

/** The task is what stands before any agent has said something. */
export function* startRun(run: Run, first: Item | undefined): Iterable<EventDraft> {
  const task = first?.source === "user" ? first : undefined;
  yield {
    ...about(run),
    type: "session.started",
    on: null,
    mark: "session",
    framework: "autogen",
    ...(run.session === run.id ? { inferred: true as const } : {}),
  };
  yield {
    ...about(run),
    ...timed(first?.createdAt),
    type: "turn.started",
    key: run.turn,
    name: "run",
    ...(task?.content === undefined ? {} : { input: jsonOf(task.content) }),
  };
}

export const runKey = (id: string): Key => `run:${id}`;
export const callKey = (id: string): Key => `message:${id}`;
export const agentKey = (id: string): Key => `agent:${id}`;

/** The whole prompt stands as input: an item does not tell what of it came from a cache. */
export const usageOfItem = ({ prompt, completion }: ItemUsage): Usage => ({
  input: prompt,
  cacheRead: null,
  cacheWrite: null,
  output: completion,
  reasoning: null,
});
