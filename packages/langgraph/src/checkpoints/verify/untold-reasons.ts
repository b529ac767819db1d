import type { ToldThread } from "./told-thread.ts";

/** Why a checkpoint may be there that nobody told of, in words. */
export const untoldReasons: Readonly<
  Record<NonNullable<ReturnType<ToldThread["reasonUntold"]>>, string>
> = {
  COPIED: "was copied from another thread, or nobody told of it",
  ENTRIES_REMOVED: "was told of by entries that may have been removed",
  BEFORE_RECORD: "is older than the record of its thread",
};
