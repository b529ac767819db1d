import type { Account } from "./account.ts";
import type { ToldThread } from "./told-thread.ts";

/**
 * Whether each state that work went on from was the state that was written, also where the checkpointer holds the right one again by now. What is not told of a
 * checkpoint is not compared: it may have been saved where nobody listened.
 */
export function compareResumptions(thread: ToldThread, account: Account): void {
  for (const { namespace, checkpoint, state, saved } of thread.resumptions) {
    const place = { namespace, checkpoint };
    if (saved === null) {
      if (thread.isCopied || thread.isReduced) continue;
      account.find(
        "RESUMED_UNTOLD",
        place,
        "work went on from it, and nobody told that it was saved",
      );
      continue;
    }
    const given = state.document;
    const written = saved.state.document;
    if (!given || !written) {
      const gone = state.gone ?? saved.state.gone;
      account.leave("DIGEST_GONE", place, `what work went on from ${gone}`);
      continue;
    }
    const differs = (["hash", "frame", "metadata"] as const).some(
      (part) =>
        given[part] !== written[part] &&
        given[part] !== "unreadable" &&
        written[part] !== "unreadable",
    );
    if (differs)
      account.find(
        "RESUMED_CHANGED",
        place,
        "work went on from another state than the one that was written",
      );
  }
}
