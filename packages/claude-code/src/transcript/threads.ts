import { fieldsOf, textOf } from "../narrow.ts";
import { resultsIn } from "../reduction/tools.ts";
import { goOn } from "./reading.ts";
import type { Line, Reading, Thread, TranscriptSession } from "./reading.ts";

/** A line, and the session that it is of. */
export interface Placed {
  readonly session: TranscriptSession;
  readonly line: Line;
}

/** More than anybody says without an answer: then nobody will answer, and memory has an end. */
const mostWaiting = 10_000;

/**
 * Which session a line of a conversation is of, and with it the lines before it that waited for the answer. A fork's file begins with copies
 * of lines of the session that it has left, and only the model's lines say whose they are; what the program notes for itself is never copied.
 * From the first line on that is the file's own, all are.
 */
export function place(reading: Reading, thread: Thread, line: Line): readonly Placed[] {
  const speaker = speakerOf(line, thread);
  if (speaker === null && !isOwn(thread)) {
    thread.waiting.push(line);
    return [];
  }
  const waited = speaker === null ? [] : decide(reading, thread, line, speaker);
  return thread.session === null ? waited : [...waited, { session: thread.session, line }];
}

/** What has waited turns out to be of that session: from its last prompt on, where the lines before it were another's. */
export function decide(
  reading: Reading,
  thread: Thread,
  line: Line,
  id: string,
): readonly Placed[] {
  const { session: before, waiting } = thread;
  thread.waiting = [];
  const turning = before === null ? 0 : Math.max(0, waiting.findLastIndex(isPrompt));
  goOn(reading, thread, id, waiting[0] ?? line);
  const { session: after } = thread;
  return waiting.flatMap((waited, index) => {
    const session = index < turning ? before : after;
    return session === null ? [] : [{ session, line: waited }];
  });
}

/** Null: the line does not tell. */
function speakerOf({ native }: Line, { own, waiting }: Thread): string | null {
  if (native.type === "assistant") return textOf(native.requestSessionId) ?? own;
  return waiting.length < mostWaiting ? null : own;
}

const isOwn = ({ session, own }: Thread): boolean => session?.head.session === own;

function isPrompt({ native }: Line): boolean {
  const { content } = fieldsOf(native.message);
  return native.type === "user" && native.isMeta !== true && resultsIn(content).length === 0;
}
