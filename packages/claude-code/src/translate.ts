import type { EventDraft, Translator } from "@spoor/core";
import { agentOf, agentOfTask, announcesAgent, startAgent, updateAgent } from "./agents.ts";
import { readAssistant, readPartial } from "./calls.ts";
import {
  endCompaction,
  failCompaction,
  startCompaction,
  tellsFailedCompaction,
} from "./compaction.ts";
import { initFacts } from "./init.ts";
import { readUser } from "./messages.ts";
import { kindOf } from "./native.ts";
import type { ClaudeMessage } from "./native.ts";
import { fieldsOf, known, textOf } from "./narrow.ts";
import { failAttempt, isSynthetic, logSynthetic, logThrown, note } from "./notes.ts";
import { breakOff, createSession, reach, readLine } from "./session.ts";
import type { Lane, Line, Session } from "./session.ts";
import { denyTool } from "./tools.ts";
import { aliasTurn, endTurn, turnOf } from "./turns.ts";

/** The sessions of one stream: mostly one, more after a reset or where the runs of several processes follow each other. */
interface Stream {
  readonly sessions: Map<string, Session>;
  current: Session | null;
  /** The session that a reset has left, until the next one goes on. */
  left: Session | null;
}

/** A translator for one stream of Claude Code or the Agent SDK. Each line may be any JSON; what cannot be read says nothing. */
export function createTranslator(): Translator<ClaudeMessage> {
  const stream: Stream = { sessions: new Map(), current: null, left: null };
  return {
    // Gathered at once: what is known must not depend on how far somebody reads.
    translate: (message) => [...translateMessage(stream, message)],
  };
}

function* translateMessage(stream: Stream, message: ClaudeMessage): Iterable<EventDraft> {
  const session = sessionOf(stream, message);
  if (session === null) return;
  const line = readLine(session, message);
  if (session.lines === 1) yield sessionStarted(session, message);
  yield* translateLine(stream, session, line);
  reach(session, line.ms);
}

/** A line that names no session is about the one that spoke last. */
function sessionOf(stream: Stream, message: ClaudeMessage): Session | null {
  const id = textOf(message.session_id);
  if (id === undefined || message.type === "thrown") return stream.current;
  const session = stream.sessions.get(id) ?? createSession(id, message);
  stream.sessions.set(id, session);
  stream.current = session;
  const { left } = stream;
  if (left !== null && left !== session) {
    stream.left = null;
    if (left.lastTurn !== null) {
      session.forkedFrom = { session: left.head.session, key: left.lastTurn };
    }
  }
  return session;
}

function sessionStarted(session: Session, message: ClaudeMessage): EventDraft {
  return {
    ...session.head,
    type: "session.started",
    on: null,
    mark: "session",
    framework: "claude-code",
    ...known({
      frameworkVersion: textOf(message.claude_code_version),
      native: initFacts(message),
    }),
  };
}

function* translateLine(stream: Stream, session: Session, line: Line): Iterable<EventDraft> {
  switch (kindOf(line.message)) {
    case "system.init":
      yield* translateInit(session, line);
      break;
    case "assistant":
      yield* translateAssistant(session, line);
      break;
    case "user":
      yield* readUser(session, yield* laneOf(session, line), line);
      break;
    case "stream_event":
      yield* translatePartial(session, line);
      break;
    case "result":
      yield* endTurn(session, line);
      break;
    case "thrown":
      yield* logThrown(session, line);
      breakOff(session, line.mark);
      break;
    case "conversation_reset":
      stream.left = session;
      yield* note(session, line);
      break;
    case "system.status":
      yield* translateStatus(session, line);
      break;
    case "system.compact_boundary":
      yield* endCompaction(session, yield* turnOf(session, line), line);
      break;
    case "system.task_started":
      yield* announcesAgent(line) ? startAgent(session, line) : note(session, line);
      break;
    case "system.task_updated":
    case "system.task_notification":
      yield* translateTask(session, line);
      break;
    case "system.permission_denied":
      yield* denyTool(session, line);
      break;
    case "system.api_retry":
      yield* failAttempt(session, line);
      break;
    default:
      yield* note(session, line);
  }
}

/** Comes once a turn, mostly as its first line; a local command's work may begin before it. */
function* translateInit(session: Session, line: Line): Iterable<EventDraft> {
  if (session.turn === null) yield* turnOf(session, line);
  else yield* note(session, line);
}

/** Who speaks: the turn itself, which may begin with this, or a subagent, which may outlive its turn. */
function* laneOf(session: Session, line: Line): Generator<EventDraft, Lane> {
  if (line.lane === null) return (yield* turnOf(session, line)).lane;
  return (yield* agentOf(session, line, line.lane)).lane;
}

function* translateAssistant(session: Session, line: Line): Iterable<EventDraft> {
  const lane = yield* laneOf(session, line);
  if (isSynthetic(line.message)) {
    yield* logSynthetic(session, lane.owner, line);
  } else {
    if (line.lane === null) yield* aliasTurn(session, line);
    yield* readAssistant(session, lane, line);
  }
}

/** The text that comes in pieces comes whole afterwards, so only where a call starts and ends is something new. */
function* translatePartial(session: Session, line: Line): Iterable<EventDraft> {
  const { type } = fieldsOf(line.message.event);
  if (type !== "message_start" && type !== "message_delta") return;
  yield* readPartial(session, yield* laneOf(session, line), line);
}

function* translateStatus(session: Session, line: Line): Iterable<EventDraft> {
  if (line.message.status === "compacting") {
    yield* startCompaction(session, yield* turnOf(session, line), line);
  } else if (session.turn !== null && tellsFailedCompaction(line)) {
    yield* failCompaction(session, session.turn, line);
  } else {
    yield* note(session, line);
  }
}

/** `task_updated` and `task_notification` of an agent say something only when it has ended. */
function* translateTask(session: Session, line: Line): Iterable<EventDraft> {
  const agent = agentOfTask(session, line);
  const drafts = agent === undefined ? [] : [...updateAgent(session, agent, line)];
  yield* drafts.length === 0 ? note(session, line) : drafts;
}
