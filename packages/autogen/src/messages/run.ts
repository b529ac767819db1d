import type { EventDraft, Key, Usage } from "@spoor/core";
import { type Item, type ItemUsage } from "./native.ts";
import { jsonOf, timed } from "./narrow.ts";

/** Who tells of a run: its own messages, or the log beside it. */
export type Witness = "stream" | "log";

export const turnKey: Key = "run";

/** A run as far as one witness has told of it. Its session and all its keys are made of message ids alone, so every witness names them alike. */
export interface Run {
  readonly session: string;
  readonly source: Witness;
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
  answered: boolean;
}

/** An agent at work: from its first item to the message that it answers with. */
export interface Activation {
  readonly key: Key;
  readonly asked: Asked[];
}

/** What every draft about a run says. */
export const about = ({
  session,
  source,
}: Pick<Run, "session" | "source">): Pick<Run, "session" | "source"> => ({ session, source });

export function createRun(session: string, source: Witness): Run {
  const [seen, agents, latest] = [new Set<Key>(), new Map(), new Map()] as const;
  return { session, source, unnamed: 0, seen, agents, latest };
}

/** Its id; before 0.6.2 there is none, and who spoke at which microsecond stands in; before 0.6.0 there is nothing that tells. */
export const idOf = ({ id, source, createdAt }: Item): string | undefined =>
  id ?? (createdAt === undefined ? undefined : `${source}@${createdAt}`);

export function* startRun(run: Run, first: Item | undefined, tag?: string): Iterable<EventDraft> {
  const task = first?.source === "user" ? first : undefined;
  yield {
    ...about(run),
    type: "session.started",
    on: null,
    mark: "session",
    framework: "autogen",
    inferred: true,
  };
  yield {
    ...about(run),
    ...timed(first?.createdAt),
    type: "turn.started",
    key: turnKey,
    name: "run",
    ...(task?.content === undefined ? {} : { input: jsonOf(task.content) }),
    ...(tag === undefined ? {} : { tags: [tag] }),
  };
}

export const callKey = (id: string): Key => `message:${id}`;

/** The whole prompt stands as input: an item does not tell what of it came from a cache. */
export const usageOfItem = ({ prompt, completion }: ItemUsage): Usage => ({
  input: prompt,
  cacheRead: null,
  cacheWrite: null,
  output: completion,
  reasoning: null,
});
