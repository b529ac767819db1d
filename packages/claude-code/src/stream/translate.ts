import type { EventDraft, Translator } from "@spoor/core";
import { fieldsOf, textOf } from "../narrow.ts";
import { isSpoken, isSynthetic, startSession } from "../reduction/marks.ts";
import { reach } from "../reduction/session.ts";
import type { Lane } from "../reduction/session.ts";
import { hearTurn } from "../reduction/turns.ts";
import { readBoundary, readStatus } from "./compaction.ts";
import { noReadings } from "./counter.ts";
import { readDenial } from "./denials.ts";
import { settingIn } from "./init.ts";
import { kindOf } from "./native.ts";
import type { ClaudeMessage } from "./native.ts";
import { note, readFallback, readRetry, readSynthetic, readThrown } from "./notes.ts";
import { breakOff, createStreamSession, readLine } from "./reading.ts";
import type { Line, StreamSession } from "./reading.ts";
import { readAssistant, readPartial } from "./speech.ts";
import { agentOf, agentOfTask, announcesAgent, startAgent, updateAgent } from "./tasks.ts";
import { readResult, turnOf } from "./turns.ts";
import { readUser } from "./users.ts";

/** The sessions of one stream: mostly one, more after a reset or where the runs of several processes follow each other. */
interface Stream {
  readonly sessions: Map<string, StreamSession>;
  current: StreamSession | null;
  /** The session that a reset has left, until the next one goes on. */
  left: StreamSession | null;
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
  const id = textOf(message.uuid);
  if (id !== undefined && session.seen.again(id)) return;
  const line = readLine(session, message);
  yield* tellSession(session, message);
  const drafts = [...translateLine(stream, session, line)];
  yield* drafts;
  if (drafts.length === 0 && !isToldElsewhere(message)) yield note(session, line);
  reach(session, line.ms);
}

/** A line that names no session is about the one that spoke last. */
function sessionOf(stream: Stream, message: ClaudeMessage): StreamSession | null {
  const id = textOf(message.session_id);
  if (id === undefined || isOfTheReader(message)) return stream.current;
  const session = stream.sessions.get(id) ?? createStreamSession(id, message);
  stream.sessions.set(id, session);
  stream.current = session;
  const { left } = stream;
  if (left !== null && left !== session) {
    stream.left = null;
    session.shown ??= noReadings;
    session.nextResult ||= left.nextResult;
    if (left.lastTurn !== null) {
      session.forkedFrom = { session: left.head.session, key: left.lastTurn };
    }
  }
  return session;
}

/** Begins at its first line, whatever that is; which version it is of, only an init tells. */
function* tellSession(session: StreamSession, message: ClaudeMessage): Iterable<EventDraft> {
  const version = session.version === undefined ? textOf(message.claude_code_version) : undefined;
  if (session.lines > 1 && version === undefined) return;
  session.version = version;
  const mark = session.lines === 1 ? "session" : "version";
  yield startSession(session.head, mark, { version, native: settingIn(message) });
}

function* translateLine(stream: Stream, session: StreamSession, line: Line): Iterable<EventDraft> {
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
      yield* readResult(session, line);
      break;
    case "thrown":
      yield* readThrown(session, line);
      yield* breakOff(session, line.mark);
      break;
    case "returned":
      yield* breakOff(session, line.mark);
      break;
    case "conversation_reset":
      stream.left = session;
      break;
    case "system.status":
      yield* readStatus(session, line);
      break;
    case "system.compact_boundary":
      yield* readBoundary(session, line);
      break;
    case "system.task_started":
      if (announcesAgent(line)) yield* startAgent(session, line);
      break;
    case "system.task_updated":
    case "system.task_notification":
      yield* translateTask(session, line);
      break;
    case "system.permission_denied":
      yield* readDenial(session, line);
      break;
    case "system.api_retry":
      yield readRetry(session, line);
      break;
    case "system.model_fallback":
    case "system.model_refusal_fallback":
      yield* readFallback(session, line);
      break;
  }
}

/**
 * Comes once a turn, mostly as its first line; a local command's work may begin before it. A second one without a result between them is the
 * next turn's: the process that should have ended the turn before is gone, and nobody said so; or the result is lost.
 */
function* translateInit(session: StreamSession, line: Line): Iterable<EventDraft> {
  if (session.initialised) {
    session.unread.push(session.counter.name);
    yield* breakOff(session, line.mark);
  }
  session.initialised = true;
  if (session.turn === null) yield* turnOf(session, line);
}

/** Who speaks: the turn itself, which may begin with this, or a subagent, which may outlive its turn. */
function* laneOf(session: StreamSession, line: Line): Generator<EventDraft, Lane> {
  if (line.lane === null) return (yield* turnOf(session, line)).lane;
  return (yield* agentOf(session, line, line.lane)).lane;
}

function* translateAssistant(session: StreamSession, line: Line): Iterable<EventDraft> {
  if (!isSpoken(line.message.message)) return;
  const lane = yield* laneOf(session, line);
  if (line.lane === null) yield* hearTurn(session, textOf(line.message.uuid));
  if (isSynthetic(line.message.message)) yield* readSynthetic(session, lane.owner, line);
  else yield* readAssistant(session, lane, line);
}

/** The text that comes in pieces comes whole afterwards, so only where a call starts and ends is something new. */
function* translatePartial(session: StreamSession, line: Line): Iterable<EventDraft> {
  const { type } = fieldsOf(line.message.event);
  if (type !== "message_start" && type !== "message_delta") return;
  yield* readPartial(session, yield* laneOf(session, line), line);
}

const partial = /^(?:message|content_block)_(?:start|delta|stop)$|^ping$/;

/** Whether a line that gives nothing by itself shows all the same: in what its model call says in the end, or in the result before it. */
function isToldElsewhere(message: ClaudeMessage): boolean {
  switch (message.type) {
    case "assistant":
      return isSpoken(message.message);
    case "stream_event":
      return partial.test(textOf(fieldsOf(message.event)["type"]) ?? "");
    default:
      return isOfTheReader(message);
  }
}

const isOfTheReader = ({ type }: ClaudeMessage): boolean =>
  type === "thrown" || type === "returned";

/** `task_updated` and `task_notification` of an agent say something only when it has ended. */
function* translateTask(session: StreamSession, line: Line): Iterable<EventDraft> {
  const agent = agentOfTask(session, line);
  if (agent !== undefined) yield* updateAgent(session, agent, line);
}
