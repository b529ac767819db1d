import { errorSaid } from "../callbacks/flow/error-said.ts";
import { known, memberOf, textOf } from "../callbacks/reading.ts";
import type { CheckpointRecord } from "./checkpoint-record.ts";
import { threadOf } from "./native.ts";
import { unheard, type Witness } from "./witness.ts";

type Telling = (record: CheckpointRecord, given: readonly unknown[]) => Witness;

/** `deleteThread(thread)` */
export const deleting: Telling = (record, given) => removing(record, given, [given[0]]);

/** `prune(threads, { strategy })`: what is kept of them has the strategy's name. */
export const pruning: Telling = (record, given) => {
  const [threads, options] = given;
  const strategy = textOf(memberOf(options, "strategy")) ?? "latest";
  const named: readonly unknown[] = Array.isArray(threads) ? threads : [];
  return removing(record, given, named, strategy === "delete" ? undefined : strategy);
};

/** `copyThread(from, to)`: told in the session that it was copied to. */
export const copying: Telling = (record, given) => {
  const [from = null, to = null] = given.map(threadOf);
  if (from === null || to === null) return unheard(given);
  const kept = (): void =>
    record.tell({
      type: "native.noted",
      ...once(record, to),
      name: "checkpoints copied",
      native: { from },
    });
  return { given, kept, refused: () => {} };
};

function removing(
  record: CheckpointRecord,
  given: readonly unknown[],
  threads: readonly unknown[],
  kept?: string,
): Witness {
  const named = threads.flatMap((thread) => threadOf(thread) ?? []);
  return {
    given,
    kept: () => {
      for (const thread of named)
        record.tell({ type: "checkpoint.removed", ...once(record, thread), ...known({ kept }) });
    },
    refused: (error) => {
      const { errorType, text: detail } = errorSaid(error);
      for (const thread of named)
        record.tell({ type: "checkpoint.refused", ...once(record, thread), errorType, detail });
    },
  };
}

/** LangGraph has no name for it, and another process may do it again. */
const once = (record: CheckpointRecord, thread: string) =>
  record.about(thread, null, crypto.randomUUID());
