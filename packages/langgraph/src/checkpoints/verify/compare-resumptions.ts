import type { StateDocument } from "../digest/state-document.ts";
import type { Account } from "./account.ts";
import { placeOf, type ToldResumption, type ToldThread } from "./told-thread.ts";
import { untoldReasons } from "./untold-reasons.ts";

/**
 * Whether each state that work went on from was the state that was written, also where the checkpointer holds the right one again by now. What was told by then
 * counts, and what was told at all: clocks of several machines differ, and a database may answer one process before the other.
 */
export function compareResumptions(thread: ToldThread, account: Account): void {
  for (const resumption of thread.resumptions) compareResumption(resumption, thread, account);
}

function compareResumption(
  { namespace, checkpoint, state, saved }: ToldResumption,
  thread: ToldThread,
  account: Account,
): void {
  const place = { namespace, checkpoint };
  const latest = thread.checkpoints.get(placeOf(namespace, checkpoint)) ?? null;
  const told = [saved ?? latest, latest].filter((each) => each !== null);
  if (told.length === 0) {
    if (thread.removed.has(placeOf(namespace, checkpoint))) return;
    const reason = thread.reasonUntold(checkpoint);
    const what = "work went on from it, and nobody told that it was saved";
    if (reason === null) account.find("RESUMED_UNTOLD", place, what);
    else account.leave(reason, place, `work went on from it, and it ${untoldReasons[reason]}`);
    return;
  }
  const given = state.document;
  const written = told.flatMap((each) => each.state.document ?? []);
  if (!given || written.length === 0) {
    const gone = state.gone ?? told[0]?.state.gone ?? "";
    account.leave("DIGEST_GONE", place, `what work went on from ${gone}`);
  } else if (!written.some((document) => isSame(given, document)))
    account.find(
      "RESUMED_CHANGED",
      place,
      "work went on from another state than the one that was written",
    );
}

/** What could not be read says nothing. */
function isSame(given: StateDocument, written: StateDocument): boolean {
  return (["hash", "frame", "metadata"] as const).every(
    (part) =>
      given[part] === written[part] ||
      given[part] === "unreadable" ||
      written[part] === "unreadable",
  );
}
