import type { Exporter } from "@spoor/core";
import { expect, test } from "vitest";
import { type Answer, answers, lies } from "../../backend/answer.ts";
import { type Failure, failureOf } from "../attempt.ts";
import { exampleOf, itemsFor } from "../example.ts";
import type { HttpPlace, HttpSubject } from "./http-subject.ts";

/** What helps against an answer, whoever gives it. An address or a key that is wrong can be put right, so nothing is given up for it. */
const remedies: readonly (readonly [number, Failure["retry"]])[] = [
  [400, "smaller"],
  [413, "smaller"],
  [422, "smaller"],
  [401, "same"],
  [403, "same"],
  [404, "same"],
  [405, "same"],
  [408, "same"],
  [429, "same"],
  [500, "same"],
  [502, "same"],
  [503, "same"],
  [504, "same"],
];

export function answerLaws(
  make: (place: HttpPlace) => Exporter,
  { options, open }: HttpSubject,
): void {
  const { partialSuccess, clock = Date.now, secrets = [] } = options;

  /** Asked once, whatever the answer is. */
  const failureAfter = async (answer: Answer): Promise<Failure | null> => {
    await using destination = await open();
    destination.backend.answerWith(answer);
    const failure = await failureOf(make(destination.place), exampleOf());
    expect(destination.backend.requests).toHaveLength(1);
    return failure;
  };

  test.each(remedies)("an answer of %i asks for %s, after one request", async (status, retry) => {
    const failure = await failureAfter(answers.status(status, "no"));
    expect(failure).toMatchObject({ retry, answered: true, retryAfterMs: null });
    for (const secret of secrets) expect(failure?.message).not.toContain(secret);
  });

  test("when to come back is understood in seconds and as a date", async () => {
    const inSeconds = { retry: "same", answered: true, retryAfterMs: 7_000 };
    expect(await failureAfter(answers.comeBack(7))).toMatchObject(inSeconds);
    expect(await failureAfter(answers.comeBack(7, 503))).toMatchObject(inSeconds);
    const failure = await failureAfter(answers.comeBack(new Date(clock() + 60_000)));
    expect(failure).toMatchObject({ retry: "same", answered: true });
    expect(failure?.retryAfterMs).toBeGreaterThan(30_000);
    expect(failure?.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test.each([200, 202, 204])("an empty answer of %i is a success", async (status) => {
    expect(await failureAfter({ status })).toBeNull();
  });

  test.each([301, 302, 307, 308])(
    "a redirect (%i) is not followed, and not a success",
    async (status) => {
      await using elsewhere = await open();
      const failure = await failureAfter(lies.redirect(`${elsewhere.backend.url}/else`, status));
      expect(failure).toMatchObject({ retry: "same", answered: true });
      expect(elsewhere.backend.requests).toEqual([]);
    },
  );

  test("a web page is not a success: something else answers there", async () => {
    expect(await failureAfter(lies.webPage)).toMatchObject({ retry: "same", answered: true });
  });

  test("a success whose words cannot be read is one: its status has said so", async () => {
    expect(await failureAfter(lies.noGzip)).toBeNull();
    expect(await failureAfter(answers.cut("in answer"))).toBeNull();
  });

  test("garbage is not asked again at once, and breaks nothing", async () => {
    const failure = await failureAfter(lies.garbage);
    if (failure) expect(failure.message).not.toBe("");
  });

  test.runIf(partialSuccess)(
    "of a partial success, what was refused is counted and not sent again",
    async () => {
      const said = partialSuccess ?? (() => answers.ok);
      expect(await failureAfter(said(2))).toMatchObject({
        retry: "never",
        answered: true,
        rejected: 2,
      });
      expect(await failureAfter(said(0))).toBeNull();
      await using destination = await open();
      const exporter = make(destination.place);
      const all = itemsFor(exporter, exampleOf()).length;
      expect(await failureAfter(said(all))).toMatchObject({ retry: "never", rejected: all });
    },
  );
}
