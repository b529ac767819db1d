import type { EventDraft, Recorder } from "@spoor/core";

/** Does something for the record only. What it throws stops here, and is counted where the recorder counts what it could not record. */
export function guarded(recorder: Recorder, work: () => void): void {
  try {
    work();
  } catch (reason) {
    recorder.emit(unreadable(reason));
  }
}

/** A draft that cannot be looked at: the recorder refuses it, and remembers why. */
function unreadable(reason: unknown): EventDraft {
  const refuse = (): never => {
    throw reason;
  };
  return new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse }) as EventDraft;
}
