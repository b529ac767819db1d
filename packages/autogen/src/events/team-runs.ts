import type { EventDraft, Key } from "@spoor/core";
import { type Elsewhere, sameRun } from "../messages/elsewhere.ts";
import type { Item } from "../messages/native.ts";
import { timed } from "../messages/narrow.ts";
import { about, createRun, idOf, type Run, runKey, startRun } from "../messages/run.ts";
import type { AgentId } from "./agent-id.ts";
import type { Clock } from "./clock.ts";
import type { LogLine } from "./native.ts";
import type { LoggedRun, Team } from "./team.ts";
import { placeCalls } from "./team-calls.ts";

export interface Started {
  readonly manager: AgentId;
  /** Of its run: the first message, or what stands in for it. */
  readonly id: string;
  readonly first: Item | undefined;
  readonly elsewhere: Elsewhere;
  readonly clock: Clock;
  /** The tool call that the team works for, where messages tell of it: what it does is no run of its own then. */
  readonly task: TaskPlace | null;
}

export interface TaskPlace {
  readonly session: string;
  readonly on: Key;
}

const teamKey = ({ key }: AgentId, id: string): Key => `team:${key}:${id}`;

const nameOfTeam = ({ name }: AgentId): string =>
  name.replace(/_?(Manager|Orchestrator|manager)$/, "") || name;

/** All runs of a team are turns of one session, which its id names. A run that the journal knows stays where and as it was recorded. */
export function* startTeam({
  manager,
  id,
  first,
  elsewhere,
  clock,
  task,
}: Started): Generator<EventDraft, Team> {
  const { recorded } = elsewhere;
  const turn = runKey(id);
  const known = recorded.sessionOf(turn);
  const within = known === null ? task : null;
  const same = sameRun(elsewhere.logs, turn, [recorded]) ?? turn;
  const isFlat = known !== null && recorded.teamOf(turn) === undefined;
  const top = isFlat ? turn : teamKey(manager, id);
  const run = createRun({
    session: within?.session ?? known ?? manager.key,
    source: "log",
    elsewhere,
    id,
    top,
    manager: manager.name,
    hasTwin: same !== turn,
  });
  if (within === null) yield* startRun(run, first);
  if (!isFlat) yield opened(run, top, nameOfTeam(manager), within?.on ?? turn, first);
  const logged: LoggedRun = {
    run,
    isRun: within === null,
    elsewhere,
    clock,
    unclaimed: [],
    like: new Map(),
    teams: [],
    failure: null,
  };
  return joined(logged, manager, top);
}

/** A team that works on a part of a run: as one of the agents of another, or for a tool call. */
export function* startInner(
  logged: LoggedRun,
  { manager, id, first, parent, name }: Pick<Started, "manager" | "id" | "first"> & InnerPlace,
): Generator<EventDraft, Team> {
  const top = teamKey(manager, id);
  yield opened(logged.run, top, name ?? nameOfTeam(manager), parent, first);
  return joined(logged, manager, top);
}

export interface InnerPlace {
  readonly parent: Key;
  /** What it is called among the agents that it is one of. */
  readonly name: string | undefined;
}

const opened = (
  run: Run,
  key: Key,
  name: string,
  parent: Key,
  first: Item | undefined,
): EventDraft => ({
  ...about(run),
  ...timed(first?.createdAt),
  type: "work.started",
  kind: "workflow",
  key,
  name,
  parent,
});

function joined(logged: LoggedRun, manager: AgentId, top: Key): Team {
  const team: Team = { manager, logged, top, asked: new Set(), choosing: null };
  logged.teams.push(team);
  return team;
}

/** The team is done; with the outermost, the run is. */
export function* endTeam(team: Team, line: LogLine): Iterable<EventDraft> {
  const { logged, top } = team;
  const { run, teams, failure, clock } = logged;
  teams.splice(teams.indexOf(team), 1);
  const isOutermost = teams.length === 0;
  if (isOutermost) yield* placeCalls(team, null);
  const outcome =
    failure === null
      ? ({ status: "ok" } as const)
      : ({ status: "error", errorType: failure.errorType, passedOn: true } as const);
  const ending = { ...about(run), ...clock.at(line), outcome };
  if (top !== run.turn) yield { ...ending, type: "work.ended", key: top };
  if (isOutermost && logged.isRun) yield { ...ending, type: "turn.ended", key: run.turn };
}

/** What a run is called: after its first message, as its stream is. */
export const nameOfTask = (items: readonly Item[]): string | undefined =>
  items.flatMap((item) => idOf(item) ?? [])[0];
