import type { EventDraft, Recorder } from "@spoor/core";

/** Does something for the record only. What it throws stops here, and is counted where the recorder counts what it could not record. */
export function guarded(recorder: Recorder, work: () => void): void {
  try {
    work();
  } catch (reason) {
    refuse(recorder, reason);
  }
}

/** A recorder that is not ours may throw as well: then there is nobody left to tell. */
function refuse(recorder: Recorder, reason: unknown): void {
  try {
    recorder.emit(unreadable(reason));
  } catch {
    return;
  }
}

/** A draft that cannot be looked at: the recorder refuses it, and remembers why. */
function unreadable(reason: unknown): EventDraft {
  const refusal = (): never => {
    throw reason;
  };
  return new Proxy({}, { get: refusal, has: refusal, ownKeys: refusal }) as EventDraft;
}
