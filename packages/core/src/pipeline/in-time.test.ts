import { afterEach, expect, test, vi } from "vitest";
import { inTime } from "./in-time.ts";

afterEach(() => vi.useRealTimers());

const reasonOf = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    const give = (): void => resolve(signal.reason);
    if (signal.aborted) give();
    else signal.addEventListener("abort", give);
  });

test("work is told when the time is up, and when one of the signals is given", async () => {
  vi.useFakeTimers();
  const late = inTime(1_000, [new AbortController().signal], reasonOf);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await late).toMatchObject({ name: "TimeoutError" });
  expect(await inTime(1_000, [AbortSignal.abort("closed")], reasonOf)).toBe("closed");
});

test("work that is done or has failed leaves no timer behind", async () => {
  vi.useFakeTimers();
  expect(await inTime(60_000, [], async () => vi.getTimerCount())).toBe(1);
  const failing = inTime(60_000, [], () => Promise.reject(new Error("no room")));
  await expect(failing).rejects.toThrow("no room");
  expect(vi.getTimerCount()).toBe(0);
});
