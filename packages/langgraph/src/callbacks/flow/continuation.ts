import type { JsonValue, Key, Link } from "@spoor/core";
import type { Content } from "../content/content.ts";
import type { StartedCallback } from "../native.ts";
import { known, textOf } from "../reading.ts";
import { goesOn, resumesWith } from "./command.ts";

/** What an activation goes on from, as far as it can be told when its root starts. Empty: it is the beginning of a turn. */
export interface Continuation {
  /** The wait that it claims, or true where only the journal can tell which one that is. */
  readonly resumes?: string | true;
  readonly links?: readonly Link[];
  /** It goes on from something that waited; without an answer where it was only let go on. */
  readonly resolves?: Resolving;
}

interface Resolving {
  /** Absent: LangGraph says which checkpoint it goes on from. */
  readonly wait?: string;
  readonly answer?: JsonValue;
}

/** What is remembered of a conversation. */
export interface Thread {
  readonly session: string;
  /** A turn of it was seen here. */
  readonly isKnown: boolean;
  /** Its latest turn, where that waits, and what it waits under: the checkpoint, where LangGraph said so. */
  readonly waiting: { readonly name: string; readonly waitsAt?: string } | null;
  /** The turn that was seen to stop at a checkpoint. */
  readonly stoppedAt: (checkpointId: string) => Key | undefined;
}

/**
 * A command with an answer resumes. Null input goes on from where the thread stands: from a stop that was seen here; or, in a process that
 * has seen nothing of the thread, from whatever waits in the journal, and from something unknown where nothing does. After a turn that was
 * seen to fail or to finish it is a turn of its own.
 */
export function continuationOf(
  native: StartedCallback,
  thread: Thread,
  content: Content,
): Continuation {
  if (native.kind !== "chain.started") return {};
  const { inputs, metadata } = native;
  const command = resumesWith(inputs);
  const isKept = metadata["thread_id"] !== undefined;
  if (command === undefined && !(isKept && goesOn(inputs))) return {};
  const resolves = command && known({ answer: content.json(command.answer) });
  const checkpointId = textOf(metadata["checkpoint_id"]);
  return checkpointId === undefined
    ? fromLatest(thread, resolves)
    : fromCheckpoint(checkpointId, thread, resolves);
}

function fromLatest({ waiting, isKnown }: Thread, resolves: Resolving | undefined): Continuation {
  if (waiting !== null)
    return { resumes: true, resolves: { ...known({ wait: waiting.waitsAt }), ...resolves } };
  if (resolves !== undefined) return { resumes: true, resolves };
  return isKnown ? {} : { resumes: true };
}

/** A resume where the thread waits there, or may do so for all that is known; a fork where it was seen to have gone on since. */
function fromCheckpoint(
  checkpointId: string,
  { session, waiting, isKnown, stoppedAt }: Thread,
  resolves: Resolving | undefined,
): Continuation {
  const answered = known({ resolves });
  if (waiting?.waitsAt === checkpointId)
    return { resumes: checkpointId, resolves: { ...resolves } };
  const stopped = stoppedAt(checkpointId);
  if (stopped !== undefined)
    return { links: [{ kind: "fork", session, key: stopped }], ...answered };
  return resolves !== undefined || !isKnown ? { resumes: checkpointId, ...answered } : {};
}
