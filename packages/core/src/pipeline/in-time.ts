/**
 * Does work that is told to stop: by one of these signals, or because the time is up. The timer keeps no process alive and goes with the work. One of
 * `AbortSignal.timeout` stays for all of its time, and Deno keeps the process for it as long as somebody listens.
 */
export async function inTime<Result>(
  ms: number,
  signals: readonly AbortSignal[],
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const timeUp = new AbortController();
  const late = new DOMException("the time is up", "TimeoutError");
  const timer = setTimeout(() => timeUp.abort(late), ms).unref();
  try {
    return await work(AbortSignal.any([...signals, timeUp.signal]));
  } finally {
    clearTimeout(timer);
  }
}
