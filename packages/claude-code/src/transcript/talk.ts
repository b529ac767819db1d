import type { EventDraft } from "@spoor/core";
import { fieldsOf, textOf } from "../narrow.ts";
import { isSpoken } from "../reduction/marks.ts";
import { outputIn } from "./command-words.ts";
import { endCommand } from "./commands.ts";
import { kindOf } from "./native.ts";
import { lostConnection, note, readRetry } from "./notes.ts";
import type { Line, Thread, TranscriptSession } from "./reading.ts";
import { readAnswer } from "./speech.ts";
import { conclude, finish, hear, readBoundary, turnOf } from "./turns.ts";
import { missUsage } from "./uncounted.ts";
import { readUser } from "./users.ts";

/** A line of the conversation itself. */
export function* translateTalk(
  session: TranscriptSession,
  thread: Thread,
  line: Line,
): Iterable<EventDraft> {
  switch (kindOf(line.native)) {
    case "assistant":
      if (isSpoken(line.native.message))
        yield* readAnswer(session, thread, yield* turnOf(session, line), line);
      break;
    case "user":
      yield* readUser(session, thread, line);
      break;
    case "system.api_error": {
      const turn = yield* turnOf(session, line);
      yield readRetry(session, turn.key, line);
      if (lostConnection(line)) yield* missUsage(session, turn);
      break;
    }
    case "system.compact_boundary":
      yield* readBoundary(session, line);
      break;
    case "system.local_command":
      yield* endCommand(session, line, outputIn(textOf(line.native.content) ?? ""));
      break;
    case "system.stop_hook_summary":
    case "system.turn_duration":
      if (session.turn !== null) yield* conclude(session, session.turn);
      yield note(session, session.turn?.key ?? null, line);
      break;
    case "attachment.max_turns_reached": {
      const outcome = { status: "error", errorType: "max_turns" } as const;
      yield* finish(session, yield* turnOf(session, line), line, outcome);
      break;
    }
    case "attachment.queued_command":
      yield* readQueued(session, line);
      break;
    default:
  }
}

/** Something that the user has said while the model was at work. */
function* readQueued(session: TranscriptSession, line: Line): Iterable<EventDraft> {
  const { prompt: content } = fieldsOf(line.native.attachment);
  if (session.turn === null || content === undefined) return;
  const native = { ...line.native, message: { content } };
  yield* hear(session, session.turn.lane, { ...line, native });
}
