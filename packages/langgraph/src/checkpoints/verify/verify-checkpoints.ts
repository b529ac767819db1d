import { contentReader, journalReader, type JournalReader, recordingOrder } from "@spoor/core";
import type { AgentEvent } from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import { isSaver } from "../native.ts";
import { Account, ofThread } from "./account.ts";
import { compareResumptions } from "./compare-resumptions.ts";
import { compareState } from "./compare-state.ts";
import { compareWrites } from "./compare-writes.ts";
import { type ReadableSaver, type StoredCheckpoint, storedThread } from "./stored-thread.ts";
import { placeOf, ToldThread } from "./told-thread.ts";
import { untoldReasons } from "./untold-reasons.ts";
import type { ThreadVerification } from "./verification.ts";

export interface VerifyCheckpointsOptions {
  /** The `thread_id`. */
  readonly thread: string;
  /** Where the thread was recorded: the folder of a journal, several of them, or a reader. */
  readonly journal: string | readonly string[] | JournalReader;
}

/**
 * Whether what a checkpointer holds of a thread is what it was given, by the digests that `auditCheckpointer` has recorded, and whether each run went on from what
 * was written. Forks, time travel, updates and replays are further checkpoints like all others. Reads every checkpoint of the thread, and changes nothing. Rejects
 * with what the checkpointer says, and with a TypeError for what is none.
 */
export async function verifyCheckpoints(
  saver: object,
  { thread, journal }: VerifyCheckpointsOptions,
): Promise<ThreadVerification> {
  if (!isSaver(saver))
    throw new TypeError("verifyCheckpoints needs the checkpointer whose threads were recorded");
  const stored = await storedThread(saver as ReadableSaver, thread);
  const told = toldThread(journal, thread);
  const account = new Account();
  compareAll(stored, told, account);
  compareResumptions(told, account);
  const doubtful = new Set(
    [...account.findings, ...account.unchecked].map(({ namespace, checkpoint }) =>
      placeOf(namespace ?? "", checkpoint ?? ""),
    ),
  );
  return {
    thread,
    stored: stored.length,
    told: told.checkpoints.size,
    whole: stored.filter(({ namespace, checkpoint }) => {
      const place = placeOf(namespace, checkpoint);
      return told.checkpoints.has(place) && !doubtful.has(place);
    }).length,
    resumed: told.resumptions.length,
    findings: account.findings,
    unchecked: account.unchecked,
  };
}

/** The threads of a journal whose checkpoints were recorded, in the order in which they were first told of. */
export function auditedThreads(journal: VerifyCheckpointsOptions["journal"]): readonly string[] {
  const threads = new Set<string>();
  for (const event of eventsIn(readerOf(journal)))
    if (event.type.startsWith("checkpoint.")) threads.add(event.session);
  return [...threads];
}

function toldThread(journal: VerifyCheckpointsOptions["journal"], thread: string): ToldThread {
  const reader = readerOf(journal);
  const content = contentReader(reader);
  const events: AgentEvent[] = [];
  for (const event of eventsIn(reader)) if (event.session === thread) events.push(event);
  for (const event of events) content.apply(event);
  const told = new ToldThread(content);
  for (const event of events.toSorted(recordingOrder)) told.apply(event);
  return told;
}

function compareAll(stored: readonly StoredCheckpoint[], told: ToldThread, account: Account): void {
  if (told.checkpoints.size === 0 && told.removed.size === 0)
    account.leave(
      "NOTHING_TOLD",
      ofThread,
      "the journal tells of no checkpoint of this thread: was its checkpointer audited, and is this the journal?",
    );
  const standing = new Set<string>();
  for (const one of stored) {
    const place = placeOf(one.namespace, one.checkpoint);
    standing.add(place);
    const said = told.checkpoints.get(place);
    if (said) {
      compareState(one, said, told, account);
      compareWrites(one, told, account);
    } else sayUntold(one, told, account);
  }
  for (const [place, { namespace, checkpoint, mayBeGone }] of told.checkpoints) {
    if (standing.has(place)) continue;
    if (mayBeGone)
      account.leave("PRUNED", { namespace, checkpoint }, "is gone, and may have been pruned");
    else
      account.find(
        "CHECKPOINT_MISSING",
        { namespace, checkpoint },
        "was saved, and is gone without anybody having removed it",
      );
  }
}

function sayUntold(stored: StoredCheckpoint, told: ToldThread, account: Account): void {
  const place = placeOf(stored.namespace, stored.checkpoint);
  const reason = told.reasonUntold(stored.checkpoint);
  if (told.removed.has(place))
    account.find(
      "CHECKPOINT_REMOVED_STANDS",
      stored,
      "was removed by the application, and stands here again",
    );
  else if (told.refused.has(place))
    account.leave(
      "REFUSED",
      stored,
      "the checkpointer failed when it was given this, and holds it all the same",
    );
  else if (reason !== null) account.leave(reason, stored, untoldReasons[reason]);
  else if (told.checkpoints.size > 0 || told.removed.size > 0)
    account.find(
      "CHECKPOINT_UNTOLD",
      stored,
      "nobody told that it was saved: somebody else wrote it, or a process that ended in that moment",
    );
}

function* eventsIn(reader: JournalReader): Iterable<AgentEvent> {
  for (const { line } of reader.entries()) {
    const parsed = parseEventLine(line);
    if (parsed.ok) yield parsed.event;
  }
}

function readerOf(journal: VerifyCheckpointsOptions["journal"]): JournalReader {
  return typeof journal === "string" || Array.isArray(journal)
    ? journalReader(journal as string | readonly string[])
    : (journal as JournalReader);
}
