import type { EventDraft } from "@spoor/core";
import type { Elsewhere } from "../messages/elsewhere.ts";
import { textOf } from "../messages/narrow.ts";
import { agentIdOf } from "./agent-id.ts";
import { readAsking, readChoice, readLedger } from "./choices.ts";
import { failAgent, readException } from "./failures.ts";
import { createLog, type Log } from "./log.ts";
import type { LogLine } from "./native.ts";
import { readProcess } from "./outside.ts";
import { type Payload, payloadOf } from "./payload.ts";
import { createProcess, processTurn } from "./process.ts";
import { isOver, isSend, published, publishedIn, senderOf } from "./published.ts";
import { start, startUnnamed } from "./starts.ts";
import type { Team } from "./team.ts";
import { readAnswer, readTeamCall } from "./team-calls.ts";
import { endTeam } from "./team-runs.ts";
import type { TextLine, Traceback } from "./texts.ts";

export interface LogReader {
  read(line: LogLine): Iterable<EventDraft>;
  /** A line between those of the events. */
  readText(line: TextLine): Iterable<EventDraft>;
}

/** The lines of one process' log. The runs of a team are turns of one session; everything outside of teams is the process'. */
export function createLogReader(elsewhere: Elsewhere): LogReader {
  const log = createLog(elsewhere);
  return {
    read: (line) => readLine(log, log.streams.read(line)),
    *readText(line) {
      const traceback = log.tracebacks.read(line);
      if (traceback !== null) yield* tracebackTold(log, traceback);
    },
  };
}

/** It names an agent where a handler failed: then it stands on the run of its team. Of whom another one is, nothing tells. */
function* tracebackTold(log: Log, { level, text }: Traceback): Iterable<EventDraft> {
  const [, key = ""] = /\/([0-9a-f]{8}-[0-9a-f-]{27})\b/.exec(text) ?? [];
  const run = log.teams.get(key)?.logged.run;
  const on = run?.turn ?? (log.process?.isStarted === true ? processTurn : null);
  const session = run?.session ?? log.process?.session;
  if (on === null || session === undefined) return;
  log.told += 1;
  yield {
    session,
    source: "log",
    type: "log.written",
    on,
    mark: `traceback:${log.told}`,
    level,
    content: text,
  };
}

function* readLine(log: Log, line: LogLine): Iterable<EventDraft> {
  const { fields } = line;
  const receiver = agentIdOf(fields["receiver"]);
  const payload = payloadOf(fields["payload"]);
  if (isStart(line, payload) && receiver !== null) {
    yield* start(log, receiver, payload.task ?? []);
    return;
  }
  const id = teamOf(log, line);
  const waiting = id === null ? undefined : log.unnamed.get(id);
  if (id !== null && waiting !== undefined) {
    waiting.held.push(line);
    const first = publishedIn(line, payload);
    if (first === null) return;
    yield* startUnnamed(log, waiting.manager, first);
    for (const held of waiting.held) yield* readLine(log, held);
    return;
  }
  const team = id === null ? undefined : log.teams.get(id);
  if (team !== undefined) yield* readTeam(log, team, line, payload);
  else if (id === null || isCall(line)) {
    log.process ??= createProcess(line, log);
    yield* readProcess(log.process, line);
  }
}

/** One of a team that is done, by an agent that went on, was paid for all the same. */
const isCall = ({ type }: LogLine): boolean => type === "LLMCall" || type === "LLMStreamEnd";

const isStart = (line: LogLine, payload: Payload): boolean =>
  line.type === "Message" && isSend(line) && senderOf(line) === null && payload.task !== null;

/** The team that a line is of: one that was seen to start. Its key stands in whoever sends, receives, handles or calls. */
function teamOf(log: Log, { fields }: LogLine): string | null {
  for (const field of ["agent_id", "handling_agent", "sender", "receiver"]) {
    const id = agentIdOf(fields[field]);
    if (id !== null && log.known.has(id.key)) return id.key;
  }
  return null;
}

function* readTeam(log: Log, team: Team, line: LogLine, payload: Payload): Iterable<EventDraft> {
  const agent = agentIdOf(line.fields["agent_id"]);
  if (isCall(line) && agent !== null) {
    yield* readTeamCall(team, line, agent);
    yield* readLedger(team, line);
  } else if (line.type === "MessageHandlerException") yield* readException(team, line);
  else if (line.type === "Message" && isSend(line)) yield* readSent(log, team, line, payload);
}

function* readSent(log: Log, team: Team, line: LogLine, payload: Payload): Iterable<EventDraft> {
  const [sender, receiver] = [senderOf(line), agentIdOf(line.fields["receiver"])];
  if (sender === null) return;
  const isManager = sender.type === team.manager.type;
  const item = publishedIn(line, payload);
  if (item?.type === "SelectSpeakerEvent") yield* readChoice(team, item);
  if (item !== null) yield* published(log, team, item, sender);
  if (isManager && isOver(line, item)) {
    log.teams.delete(team.manager.key);
    yield* endTeam(team, line);
  } else if (isManager && payload.asks && receiver !== null && isPublished(line))
    yield* readAsking(team, receiver, line);
  else if (payload.error !== null) yield* failAgent(team, sender, payload.error, line);
  else if (item === null && payload.answers && !isManager) yield* readAnswer(team, sender);
}

const isPublished = ({ fields }: LogLine): boolean =>
  textOf(fields["kind"])?.endsWith("PUBLISH") === true;
