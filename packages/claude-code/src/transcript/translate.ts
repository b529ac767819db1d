import type { EventDraft, Translator } from "@spoor/core";
import { keep } from "../allowed.ts";
import { textOf, timeOf } from "../narrow.ts";
import { isSpoken, startSession } from "../reduction/marks.ts";
import { reach } from "../reduction/session.ts";
import { readMetadata } from "./agents.ts";
import { translateAside } from "./asides.ts";
import { sessionFacts } from "./facts.ts";
import { isOwnState, isQuiet, kindOf } from "./native.ts";
import type { TranscriptLine } from "./native.ts";
import { note } from "./notes.ts";
import { goOn, isAgain, readLine, startReading, threadOf } from "./reading.ts";
import type { Line, Reading, Thread, TranscriptSession } from "./reading.ts";
import { translateTalk } from "./talk.ts";
import { decide, place } from "./threads.ts";

/** A translator for the files of one session, or of several. Each line may be any JSON; what cannot be read says nothing. */
export function createTranslator(): Translator<TranscriptLine> {
  const reading = startReading();
  return {
    // Gathered at once: what is known must not depend on how far somebody reads.
    translate: (native) => [...translateNative(reading, native)],
  };
}

const mostEarlyLines = 1000;

function* translateNative(reading: Reading, native: TranscriptLine): Iterable<EventDraft> {
  const kind = kindOf(native);
  if (kind === "agent_metadata") {
    yield* readMetadata(reading, native);
    return;
  }
  const thread = threadOf(reading, native);
  if (thread === null) {
    if (!isQuiet(native) && reading.early.length < mostEarlyLines) reading.early.push(native);
    return;
  }
  const { early } = reading;
  reading.early = [];
  for (const before of early) yield* translateIn(reading, thread, before);
  if (kind === "api-request") rememberRequest(thread, native);
  if (isOwnState(native)) yield* release(reading, thread);
  if (!isQuiet(native)) yield* translateIn(reading, thread, native);
}

/** When a request is sent: before anything comes of it, and mostly nothing else tells. */
function rememberRequest(thread: Thread, { id, timestamp }: TranscriptLine): void {
  const ms = timeOf(timestamp);
  const name = textOf(id);
  if (name !== undefined && ms !== undefined) thread.requests.set(name, ms);
}

/** What a file says of its own session's state is never a copy, so what has waited is the file's own. */
function* release(reading: Reading, thread: Thread): Iterable<EventDraft> {
  const [first] = thread.waiting;
  if (first === undefined) return;
  for (const { session, line } of decide(reading, thread, first, thread.own)) {
    yield* translateLine(reading, thread, session, line);
  }
}

function* translateIn(
  reading: Reading,
  thread: Thread,
  native: TranscriptLine,
): Iterable<EventDraft> {
  if (isAgain(thread, native)) return;
  const line = readLine(thread, native);
  if (line.aside) {
    if (thread.session === null) goOn(reading, thread, thread.own, line);
    const session = reading.sessions.get(thread.own) ?? thread.session;
    if (session !== null) yield* translateLine(reading, thread, session, line);
    return;
  }
  for (const placed of place(reading, thread, line)) {
    yield* translateLine(reading, thread, placed.session, placed.line);
  }
}

function* translateLine(
  reading: Reading,
  thread: Thread,
  session: TranscriptSession,
  line: Line,
): Iterable<EventDraft> {
  yield* tellSession(session, line);
  const drafts = line.aside
    ? [...translateAside(reading, thread, session, line)]
    : [...translateTalk(session, thread, line)];
  yield* drafts;
  if (drafts.length === 0 && !isToldElsewhere(line)) {
    yield note(session, session.turn?.key ?? null, line);
  }
  reach(session, line.ms);
}

/** Begins at its first line, whatever that is. */
function* tellSession(session: TranscriptSession, { native }: Line): Iterable<EventDraft> {
  if (session.started) return;
  session.started = true;
  const facts = { version: textOf(native.version), native: keep(native, sessionFacts) };
  yield startSession(session.head, "session", facts);
}

/** Whether a line that gives nothing by itself shows all the same: in what its model call says in the end, or with the prompt that follows. */
function isToldElsewhere(line: Line): boolean {
  const { type, isMeta } = line.native;
  if (type === "assistant") return isSpoken(line.native.message);
  return type === "user" ? isMeta === true : kindOf(line.native) === "system.compact_boundary";
}
