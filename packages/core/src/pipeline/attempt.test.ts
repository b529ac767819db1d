import { expect, test } from "vitest";
import { attempt } from "./attempt.ts";

const hangs = (): Promise<void> => new Promise(() => {});

test("an attempt that was too long is told as that, and one that was given up as that", async () => {
  const late = await attempt(hangs, AbortSignal.timeout(1));
  expect(late).toMatchObject({ message: "no answer came in time", retry: "same", answered: false });
  const closed = await attempt(hangs, AbortSignal.abort());
  expect(closed?.message).toBe("the attempt was given up");
});

test("what an exporter throws is told in its words, where it has some", async () => {
  const { signal } = new AbortController();
  const failing = (thrown: unknown): ReturnType<typeof attempt> =>
    attempt(() => {
      throw thrown;
    }, signal);
  expect((await failing(new Error("no room")))?.message).toBe("the exporter failed: no room");
  const { proxy, revoke } = Proxy.revocable(new Error("x"), {});
  revoke();
  for (const thrown of [new Error(""), "words", null, proxy])
    expect((await failing(thrown))?.message).toBe("the exporter failed");
});
