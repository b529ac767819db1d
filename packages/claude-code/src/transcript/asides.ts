import type { EventDraft } from "@spoor/core";
import { isSpoken } from "../reduction/marks.ts";
import { agentOf } from "./agents.ts";
import { kindOf } from "./native.ts";
import { lostConnection, note, readRetry } from "./notes.ts";
import type { Line, Reading, Thread, TranscriptSession } from "./reading.ts";
import { readAside } from "./speech.ts";
import { missUsage } from "./uncounted.ts";
import { readUserAside } from "./users.ts";

/** A line of a subagent's. */
export function* translateAside(
  reading: Reading,
  thread: Thread,
  session: TranscriptSession,
  line: Line,
): Iterable<EventDraft> {
  const agent = yield* agentOf(reading, session, line);
  switch (kindOf(line.native)) {
    case "assistant":
      if (isSpoken(line.native.message)) yield* readAside(session, thread, agent, line);
      break;
    case "user":
      yield* readUserAside(session, agent, line);
      break;
    case "system.api_error":
      yield readRetry(session, agent.key, line);
      if (lostConnection(line) && agent.turn !== null) yield* missUsage(session, agent.turn);
      break;
    case "system.compact_boundary":
      yield note(session, agent.key, line);
      if (agent.turn !== null) yield* missUsage(session, agent.turn);
      break;
    default:
      yield note(session, agent.key, line);
  }
}
