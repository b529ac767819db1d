import type { EventDraft, Key, ReceivedSpan } from "@spoor/core";
import type { Item } from "../messages/native.ts";
import { jsonOf, nameOf } from "../messages/narrow.ts";
import { idOf, runKey } from "../messages/run.ts";
import type { RecordedRun } from "./elsewhere.ts";
import type { Address } from "./runtime-span.ts";
import { about, type Scene, timed } from "./scene.ts";

/** One run of a team, by the ids of its messages. A team inside another has a run of its own in the same turn. */
export interface TeamRun {
  readonly scene: Scene;
  readonly team: string;
  /** Of the run's first message. */
  readonly id: string;
  /** Of the messages that it has published. */
  readonly seen: Set<string>;
  /** What its agents lie in. */
  readonly workflow: Key;
  /** The run that it is a part of. Null: of none. */
  readonly outer: TeamRun | null;
  /** An agent of it failed, in the words of that agent. */
  failure: string | null;
  isOver: boolean;
}

export interface Started {
  readonly span: ReceivedSpan;
  readonly manager: Address;
  /** Of its first message, after which log and messages name it too. */
  readonly id: string;
  readonly task: readonly Item[];
  readonly outer: TeamRun | null;
  /** A run that the journal knows stays where and as it was recorded. */
  readonly recorded: RecordedRun | null;
}

export function startTeamRun({ span, manager, id, task, outer, recorded }: Started): TeamRun {
  const team = manager.key;
  const workflow = outer === null && recorded !== null ? recorded.top : `team:${team}:${id}`;
  const scene = outer?.scene ?? sceneOf(span, recorded?.session ?? team, id, task);
  const seen = outer?.seen ?? new Set<string>();
  for (const item of task) seen.add(idOf(item) ?? "");
  return { scene, team, id: outer?.id ?? id, seen, workflow, outer, failure: null, isOver: false };
}

function sceneOf(span: ReceivedSpan, session: string, id: string, task: readonly Item[]): Scene {
  const turn = runKey(id);
  const [first] = task;
  return {
    session,
    turn,
    isOpen: false,
    *open() {
      yield {
        ...about({ session }),
        type: "session.started",
        on: null,
        mark: "session",
        framework: "autogen",
      };
      yield {
        ...about({ session }),
        ...timed(span.startedAt),
        type: "turn.started",
        key: turn,
        name: "run",
        ...(first?.source === "user" && first.content !== undefined
          ? { input: jsonOf(first.content) }
          : {}),
      };
    },
  };
}

/** Of an inner one it is told later what it lies in: the span that says so ends after it. */
export function* tellTeam(
  { scene, workflow, outer }: TeamRun,
  span: ReceivedSpan,
  manager: Address,
): Iterable<EventDraft> {
  yield {
    ...about(scene),
    ...timed(span.startedAt),
    type: "work.started",
    kind: "workflow",
    key: workflow,
    name: nameOf(manager.name.replace(/Manager$/, ""), "team"),
    ...(outer === null ? { parent: scene.turn } : {}),
  };
}

/** The manager's last word to the outside ends it. What an agent of it failed of is that agent's failure. */
export function* endTeamRun(run: TeamRun, { startedAt }: ReceivedSpan): Iterable<EventDraft> {
  if (run.isOver) return;
  run.isOver = true;
  const { scene, workflow, outer, failure } = run;
  const ended = {
    ...about(scene),
    ...timed(startedAt),
    outcome:
      failure === null
        ? ({ status: "ok" } as const)
        : ({ status: "error", errorType: failure, passedOn: true } as const),
  };
  if (workflow !== scene.turn) yield { ...ended, type: "work.ended", key: workflow };
  if (outer === null) yield { ...ended, type: "turn.ended", key: scene.turn };
}
