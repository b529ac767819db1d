/** Resolves when the work is done or the time is up. `keepsAlive`: the process, for so long. */
export async function within(
  ms: number,
  work: Promise<unknown>,
  keepsAlive: boolean = true,
): Promise<void> {
  const { promise: timeUp, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  if (!keepsAlive) timer.unref();
  await Promise.race([work, timeUp]);
  clearTimeout(timer);
}
