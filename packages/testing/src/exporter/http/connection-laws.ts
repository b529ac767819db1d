import type { Exporter } from "@spoor/core";
import { expect, test } from "vitest";
import { answers, type CutPlace } from "../../backend/answer.ts";
import { failureOf } from "../attempt.ts";
import { exampleOf, exportOf } from "../example.ts";
import type { HttpPlace, HttpSubject } from "./http-subject.ts";

const places: readonly CutPlace[] = ["before body", "in body", "after body"];

export function connectionLaws(
  make: (place: HttpPlace) => Exporter,
  { options, open }: HttpSubject,
): void {
  const { success = answers.ok, secrets = [] } = options;

  test.each(places)(
    "a connection that is cut %s leaves open what has arrived, after one request",
    async (place) => {
      await using destination = await open();
      const exporter = make(destination.place);
      destination.backend.answerWith([answers.cut(place), success]);
      expect(await failureOf(exporter, exampleOf())).toMatchObject({
        retry: "same",
        answered: false,
      });
      expect(destination.backend.requests).toHaveLength(1);
      await exportOf(exporter, exampleOf());
      expect(destination.backend.requests).toHaveLength(2);
    },
  );

  test("a connection that is refused asks for the same again, and leaves nothing open", async () => {
    await using destination = await open();
    await destination.backend.down();
    const failure = await failureOf(make(destination.place), exampleOf());
    expect(failure).toMatchObject({ retry: "same", answered: true, retryAfterMs: null });
    for (const secret of secrets) expect(failure?.message).not.toContain(secret);
  });

  test("a slow answer is waited for", async () => {
    await using destination = await open();
    destination.backend.answerWith(answers.slow(300, success));
    expect(await failureOf(make(destination.place), exampleOf())).toBeNull();
    expect(destination.backend.requests).toHaveLength(1);
  });

  test("a failure does not change what comes after it", async () => {
    await using destination = await open();
    const exporter = make(destination.place);
    destination.backend.answerWith([answers.status(500), answers.comeBack(3_600), success]);
    expect(await failureOf(exporter, exampleOf())).toMatchObject({ retry: "same" });
    expect(await failureOf(exporter, exampleOf())).toMatchObject({ retryAfterMs: 3_600_000 });
    expect(await failureOf(exporter, exampleOf())).toBeNull();
    const bodies = destination.backend.requests.map(({ body }) => body.byteLength);
    expect(new Set(bodies).size).toBe(1);
  });
}
