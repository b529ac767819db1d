import type { Observer } from "@spoor/core";

/** Throws where anything was refused or lost: a figure over events that were never written would be a lie. */
export async function closeComplete(observer: Observer): Promise<void> {
  await observer.close();
  const { recorder, journal } = observer.health();
  const problem = recorder.lastRefusal ?? journal.failure;
  if (recorder.refused + journal.lost + journal.lostContent > 0)
    throw new Error(
      `expected everything to be recorded, received ${recorder.refused} refused, ${journal.lost} entries and ${journal.lostContent} values lost`,
      { cause: problem },
    );
}
