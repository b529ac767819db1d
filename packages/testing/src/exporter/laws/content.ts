import type { ContentAnswer } from "@spoor/core";
import { expect, test } from "vitest";
import { countOf, idsArrived, idsOf } from "../arrived.ts";
import type { Arrival, Subject, Words } from "../destination.ts";
import { answeringAll, type Example, exampleOf, exportOf, withoutHistory } from "../example.ts";
import { planted, plantedMessage } from "../example-drafts.ts";

const whatBecameOfIt: readonly (readonly [keyof Words, ContentAnswer])[] = [
  ["withheld", { kind: "withheld", reason: "policy" }],
  ["erased", { kind: "erased" }],
  ["missing", { kind: "missing" }],
  ["cut", { kind: "value", value: "head and tail", cutFrom: 7_654_321 }],
];

const defaultWords: Words = {
  withheld: "[withheld: policy]",
  erased: "[erased]",
  missing: "[not in this journal]",
  cut: "[cut from 7654321 bytes]",
};

export function contentLaws<Place, Arrived extends Arrival>(
  subject: Subject<Place, Arrived>,
): void {
  const { make, destination } = subject;
  const { words = defaultWords } = destination;

  const arrivedOf = async (example: Example): Promise<readonly Arrival[]> => {
    await using open = await destination.open();
    await exportOf(make(open.place), example);
    return open.arrivals();
  };

  test("sends nothing that users, models or tools said where no content may go", async () => {
    await using open = await destination.open();
    const exporter = make(open.place);
    const example = exampleOf();
    await exportOf(exporter, example, { content: null });
    expect(countOf(planted, open.arrivals())).toBe(0);
    expect(idsArrived(destination, open)).toEqual(idsOf(destination, exporter, example));
  });

  test.each(whatBecameOfIt)(
    "says of a value that is %s what became of it, wherever the value would stand",
    async (became, answer) => {
      const values = countOf(planted, await arrivedOf(exampleOf()));
      expect(values).toBeGreaterThan(0);
      const arrived = await arrivedOf(answeringAll(exampleOf(), answer));
      expect(countOf(planted, arrived)).toBe(0);
      expect(countOf(words[became], arrived)).toBeGreaterThanOrEqual(values);
    },
  );

  test("says that a context is not there where its history is gone", async () => {
    const context = countOf(plantedMessage, await arrivedOf(exampleOf()));
    const arrived = await arrivedOf(withoutHistory(exampleOf()));
    const gone = context - countOf(plantedMessage, arrived);
    expect(countOf(words.missing, arrived)).toBe(gone > 0 ? 1 : 0);
  });
}
