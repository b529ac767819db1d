import { digestOf } from "../digest/value-digests.ts";
import type { Account } from "./account.ts";
import { surelyKept } from "./kept-writes.ts";
import type { StoredCheckpoint } from "./stored-thread.ts";
import { placeOf, type ToldThread, type ToldWrites } from "./told-thread.ts";

/**
 * Compares what tasks wrote to a checkpoint with what was told of that. A task that wrote to a channel more than once may stand with any of the values that it
 * gave it there: checkpointers keep the first of some and the last of others.
 */
export function compareWrites(
  stored: StoredCheckpoint,
  thread: ToldThread,
  account: Account,
): void {
  const told = Map.groupBy(
    thread.writes.get(placeOf(stored.namespace, stored.checkpoint)) ?? [],
    ({ task }) => task,
  );
  const found = Map.groupBy(stored.writes, ({ task }) => task);
  for (const task of new Set([...told.keys(), ...found.keys()])) {
    if (thread.refused.has(placeOf(stored.namespace, stored.checkpoint, task))) continue;
    compareTask(stored, task, told.get(task) ?? [], found.get(task) ?? [], account);
  }
}

function compareTask(
  place: StoredCheckpoint,
  task: string,
  told: readonly ToldWrites[],
  found: StoredCheckpoint["writes"],
  account: Account,
): void {
  const gone = told.find(({ writes }) => !writes.document)?.writes.gone;
  if (gone !== undefined) {
    account.leave(
      "DIGEST_GONE",
      place,
      `what task ${task} wrote ${gone}, so it cannot be compared`,
    );
    return;
  }
  const documents = told.flatMap(({ writes }) => writes.document ?? []);
  const kept = surelyKept(documents);
  const said = Map.groupBy(
    documents.flatMap(({ writes }) => writes),
    ({ channel }) => channel,
  );
  const lying = Map.groupBy(found, ({ channel }) => channel);
  for (const channel of new Set([...said.keys(), ...lying.keys()])) {
    const hashes = said.get(channel)?.map(({ hash }) => hash) ?? [];
    const values = lying.get(channel) ?? [];
    const at = { channel, task };
    if (hashes.length === 0)
      account.find(
        "WRITE_UNTOLD",
        place,
        `nobody told that task ${task} wrote to channel ${channel}`,
        at,
      );
    else if (values.length < (kept.get(channel) ?? 0))
      account.find(
        "WRITE_MISSING",
        place,
        `what task ${task} wrote to channel ${channel} is gone`,
        at,
      );
    else if (hashes.every((hash) => hash !== undefined) && !areAmong(values, hashes))
      account.find(
        "WRITE_CHANGED",
        place,
        `what task ${task} wrote to channel ${channel} is another value`,
        at,
      );
  }
}

/** Each value that lies there was told, and no oftener than it was. */
function areAmong(
  values: readonly { readonly value: unknown }[],
  hashes: readonly (string | undefined)[],
): boolean {
  const left = [...hashes];
  return values.every(({ value }) => {
    const place = left.indexOf(hashOf(value));
    if (place < 0) return false;
    left.splice(place, 1);
    return true;
  });
}

function hashOf(value: unknown): string {
  try {
    return digestOf(value);
  } catch {
    return "unreadable";
  }
}
