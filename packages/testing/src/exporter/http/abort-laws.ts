import type { Exporter } from "@spoor/core";
import { expect, test, vi } from "vitest";
import { answers } from "../../backend/answer.ts";
import { type Failure, failureOf } from "../attempt.ts";
import { exampleOf } from "../example.ts";
import type { HttpPlace, HttpSubject } from "./http-subject.ts";

/** Generous, because machines are busy: what does not heed its signal takes for ever. */
const soonMs = 5_000;

export function abortLaws(make: (place: HttpPlace) => Exporter, { open }: HttpSubject): void {
  test("what is given up while it waits for an answer ends soon, and leaves no connection", async () => {
    await using destination = await open();
    destination.backend.answerWith(answers.never);
    const given = new AbortController();
    const attempt = failureOf(make(destination.place), exampleOf(), given.signal);
    await destination.backend.arrival();
    given.abort();
    expect(await soon(attempt)).toMatchObject({ retry: "same", answered: false });
    await vi.waitFor(() => expect(destination.backend.openConnections()).toBe(0), soonMs);
    expect(destination.backend.requests.length).toBeLessThanOrEqual(1);
  });

  test("what is given up before it began sends nothing", async () => {
    await using destination = await open();
    const attempt = failureOf(make(destination.place), exampleOf(), AbortSignal.abort());
    expect(await soon(attempt)).toMatchObject({ retry: "same" });
    expect(destination.backend.requests).toEqual([]);
  });

  test("what has ended does not hear of it", async () => {
    await using destination = await open();
    const given = new AbortController();
    expect(await failureOf(make(destination.place), exampleOf(), given.signal)).toBeNull();
    given.abort();
    expect(await failureOf(make(destination.place), exampleOf())).toBeNull();
  });
}

async function soon(attempt: Promise<Failure | null>): Promise<Failure | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`did not heed its signal within ${soonMs} ms`)),
      soonMs,
    );
  });
  try {
    return await Promise.race([attempt, late]);
  } finally {
    clearTimeout(timer);
  }
}
