import type { EventDraft } from "@spoor/core";
import { sameRun } from "../messages/elsewhere.ts";
import type { Item } from "../messages/native.ts";
import { idOf, runKey } from "../messages/run.ts";
import type { AgentId } from "./agent-id.ts";
import type { Log } from "./log.ts";
import { published } from "./published.ts";
import type { Team } from "./team.ts";
import { nameOfTask, startInner, startTeam, type TaskPlace } from "./team-runs.ts";

/** A task that another run has told, or that a tool call is, is a part of that run. */
export function* start(log: Log, manager: AgentId, task: readonly Item[]): Iterable<EventDraft> {
  log.known.add(manager.key);
  if (task.length === 0) {
    log.unnamed.set(manager.key, { manager, held: [] });
    return;
  }
  const id = nameOfTask(task) ?? nameWithout(log, manager);
  const outer = [...log.teams.values()].find(({ logged }) =>
    task.some((item) => logged.run.seen.has(idOf(item) ?? "")),
  );
  const { elsewhere, clock } = log;
  const started = { manager, id, first: task[0], elsewhere, clock };
  let team: Team;
  if (outer === undefined) team = yield* startTeam({ ...started, task: placeOfTask(log, id) });
  else {
    const [speaker, ...others] = outer.asked;
    const part = others.length === 0 ? speaker : undefined;
    team = yield* startInner(outer.logged, { ...started, parent: outer.top, name: part });
  }
  log.teams.set(manager.key, team);
  for (const item of task) yield* published(log, team, item, manager);
}

/** Messages of the outer run tell which tool call has set the task. */
function placeOfTask({ elsewhere, teams }: Log, id: string): TaskPlace | null {
  for (const told of [elsewhere.recorded, elsewhere.messages]) {
    const place = told.taskAt(id);
    if (place === null) continue;
    const run = told.runOf(place.on);
    const outer = [...teams.values()].find(({ logged }) => logged.run.turn === run)?.logged.run;
    const recorded = run === null ? null : elsewhere.recorded.sessionOf(run);
    return { session: recorded ?? outer?.session ?? place.session, on: place.on };
  }
  return null;
}

/** Without message ids, a run is told from others of its team by how many there were. Messages that were recorded before name it otherwise. */
function nameWithout({ begun, elsewhere }: Log, { key }: AgentId): string {
  const count = (begun.get(key) ?? 0) + 1;
  begun.set(key, count);
  const own = runKey(`${key}:${count}`);
  const same = sameRun(elsewhere.logs, own, [elsewhere.recorded]) ?? own;
  return same.slice(runKey("").length);
}

/** Its first message has told how a run is called that goes on without a task. */
export function* startUnnamed(log: Log, manager: AgentId, first: Item): Iterable<EventDraft> {
  log.unnamed.delete(manager.key);
  const team = yield* startTeam({
    manager,
    id: idOf(first) ?? nameWithout(log, manager),
    first: undefined,
    elsewhere: log.elsewhere,
    clock: log.clock,
    task: null,
  });
  log.teams.set(manager.key, team);
}
