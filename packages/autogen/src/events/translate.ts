import type { EventDraft } from "@spoor/core";
import type { Item } from "../messages/native.ts";
import { textOf } from "../messages/narrow.ts";
import { idOf } from "../messages/run.ts";
import { type AgentId, agentIdOf } from "./agent-id.ts";
import { failAgent, readException } from "./failures.ts";
import type { LogLine } from "./native.ts";
import { type Process, readProcess, startProcess } from "./process.ts";
import {
  endLogged,
  type LoggedRun,
  type Payload,
  payloadOf,
  readAnswer,
  readPublished,
  readTeamCall,
  senderOf,
  sessionOfTask,
  startLogged,
} from "./team.ts";

/** A run that goes on without a task: what is told before its first message waits for its name. */
interface Unnamed {
  readonly manager: AgentId;
  readonly held: LogLine[];
}

/** What one log has told so far. Teams are known by their id, which is the key of all their agents. */
interface Log {
  readonly runs: Map<string, LoggedRun>;
  readonly unnamed: Map<string, Unnamed>;
  readonly managers: Map<string, string>;
  /** Runs that a team without message ids has begun. */
  begun: number;
  process: Process | null;
}

export interface LogReader {
  read(line: LogLine): Iterable<EventDraft>;
}

/** The lines of one process' log. The runs of a team are sessions of their own, named as their streams name them; everything else is the process'. */
export function createLogReader(): LogReader {
  const log: Log = {
    runs: new Map(),
    unnamed: new Map(),
    managers: new Map(),
    begun: 0,
    process: null,
  };
  return { read: (line) => readLine(log, line) };
}

function* readLine(log: Log, line: LogLine): Iterable<EventDraft> {
  const { fields } = line;
  const receiver = agentIdOf(fields["receiver"]);
  const payload = payloadOf(fields["payload"]);
  if (isStart(line, payload) && receiver !== null) {
    yield* start(log, receiver, payload.task ?? []);
    return;
  }
  const team = teamOf(log, line);
  const waiting = team === null ? undefined : log.unnamed.get(team);
  if (team !== null && waiting !== undefined) {
    waiting.held.push(line);
    const first = publishedIn(line, payload);
    if (first !== null) yield* name(log, team, waiting, first);
    return;
  }
  const logged = team === null ? undefined : log.runs.get(team);
  if (team === null || logged === undefined) {
    if (team === null) yield* outside(log, line);
    return;
  }
  yield* readTeam(log, logged, line, payload, team);
}

function* outside(log: Log, line: LogLine): Iterable<EventDraft> {
  log.process ??= yield* startProcess(line);
  yield* readProcess(log.process, line);
}

const isSend = ({ fields }: LogLine): boolean =>
  textOf(fields["delivery_stage"])?.endsWith("SEND") === true;

const isStart = (line: LogLine, payload: Payload): boolean =>
  line.type === "Message" && isSend(line) && senderOf(line) === null && payload.task !== null;

/** The team that a line is of: one that was seen to start. Its key stands in whoever sends, receives, handles or calls. */
function teamOf(log: Log, { fields }: LogLine): string | null {
  for (const name of ["agent_id", "handling_agent", "sender", "receiver"]) {
    const id = agentIdOf(fields[name]);
    if (id !== null && log.managers.has(id.key)) return id.key;
  }
  return null;
}

function* start(log: Log, manager: AgentId, task: readonly Item[]): Iterable<EventDraft> {
  log.managers.set(manager.key, manager.type);
  const outer = [...log.runs.values()].find(({ run }) =>
    task.some((item) => run.seen.has(idOf(item) ?? "")),
  );
  if (outer !== undefined) {
    outer.teams.push(manager.key);
    log.runs.set(manager.key, outer);
    return;
  }
  const session = sessionOfTask(task);
  if (task.length === 0) {
    log.unnamed.set(manager.key, { manager, held: [] });
    return;
  }
  log.begun += session === undefined ? 1 : 0;
  const logged = yield* startLogged(
    session ?? `team:${manager.key}:${log.begun}`,
    manager,
    task[0],
  );
  log.runs.set(manager.key, logged);
  for (const item of task) yield* readPublished(logged, item, manager);
}

function* name(
  log: Log,
  team: string,
  { manager, held }: Unnamed,
  first: Item,
): Iterable<EventDraft> {
  log.unnamed.delete(team);
  log.begun += 1;
  const logged = yield* startLogged(idOf(first) ?? `team:${team}:${log.begun}`, manager, undefined);
  log.runs.set(team, logged);
  for (const line of held) yield* readLine(log, line);
}

/** What a team shows the outside: the items that its stream yields. */
function publishedIn(line: LogLine, { item }: Payload): Item | null {
  const topic = textOf(line.fields["receiver"]) ?? "";
  return line.type === "Message" && isSend(line) && topic.startsWith("output_topic") ? item : null;
}

function* readTeam(
  log: Log,
  logged: LoggedRun,
  line: LogLine,
  payload: Payload,
  team: string,
): Iterable<EventDraft> {
  const isManager = (id: AgentId): boolean => log.managers.get(id.key) === id.type;
  const sender = senderOf(line);
  const agent = agentIdOf(line.fields["agent_id"]);
  if ((line.type === "LLMCall" || line.type === "LLMStreamEnd") && agent !== null) {
    yield* readTeamCall(logged, line, agent, isManager(agent));
  } else if (line.type === "MessageHandlerException") {
    yield* readException(logged, line);
  } else if (line.type === "Message" && isSend(line) && sender !== null) {
    const item = publishedIn(line, payload);
    if (isManager(sender) && isOver(line, item)) yield* over(log, logged, line, team);
    else if (item !== null) yield* readPublished(logged, item, sender);
    else if (payload.error !== null) yield* failAgent(logged, sender, payload.error, line);
    else if (payload.answers) yield* readAnswer(logged, sender);
  }
}

/** The manager's last word to the outside has no form of its own; in 0.4 it is the message that it stopped with. */
function isOver({ fields }: LogLine, item: Item | null): boolean {
  const topic = textOf(fields["receiver"]) ?? "";
  const payload = textOf(fields["payload"]) ?? "";
  return (
    topic.startsWith("output_topic") && (item?.type === "StopMessage" || !payload.startsWith("{"))
  );
}

/** An inner team leaves the run to the outer one. */
function* over(log: Log, logged: LoggedRun, line: LogLine, team: string): Iterable<EventDraft> {
  log.runs.delete(team);
  logged.teams.splice(logged.teams.indexOf(team), 1);
  if (logged.teams.length === 0) yield* endLogged(logged, line);
}
