import process from "node:process";
import { isMainThread } from "node:worker_threads";

/** Told to stop, by a signal; or out of work, and gone as soon as nothing more is under way. */
export type Ending = "stopped" | "idle";

const signals = ["SIGTERM", "SIGINT"] as const;
const brand = Symbol.for("spoor.last-chance");

type Process = Pick<
  NodeJS.Process,
  "prependListener" | "removeListener" | "rawListeners" | "kill" | "pid" | "on"
>;

/**
 * Delivers when the process is about to end; `deliver` never rejects. A signal is not swallowed: where nobody else listens, it is raised again as
 * soon as all who deliver have done so, and then ends the process as it would have; where the application listens, ending it is the application's.
 * A second signal is not waited for. Returns how to undo it. Worker threads get no signals.
 */
export function onLastChance(
  deliver: (ending: Ending) => Promise<unknown>,
  target: Process = process,
): () => void {
  const whenIdle = (): void => {
    // Once: what it does may give the process something to do, and then it is idle again.
    target.removeListener("beforeExit", whenIdle);
    void deliver("idle");
  };
  const listeners = signals.map((signal) => {
    let isUnderWay = false;
    const whenStopped = async (): Promise<void> => {
      const endsWithIt = target.rawListeners(signal).every(isOurs);
      if (!isUnderWay) {
        isUnderWay = true;
        await deliver("stopped");
      }
      target.removeListener(signal, whenStopped);
      if (endsWithIt && target.rawListeners(signal).length === 0) target.kill(target.pid, signal);
    };
    return [signal, Object.assign(whenStopped, { [brand]: true })] as const;
  });
  target.on("beforeExit", whenIdle);
  // Before all others: one of the application that listens once is gone by the time it is called.
  if (isMainThread)
    for (const [signal, listener] of listeners) target.prependListener(signal, listener);
  return () => {
    target.removeListener("beforeExit", whenIdle);
    for (const [signal, listener] of listeners) target.removeListener(signal, listener);
  };
}

/** Also of another observer, and of another installed copy of this package. */
function isOurs(listener: object): boolean {
  return brand in listener;
}
