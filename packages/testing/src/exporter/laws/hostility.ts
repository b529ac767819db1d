import { expect, test } from "vitest";
import { idsArrived, idsOf } from "../arrived.ts";
import type { Arrival, Subject } from "../destination.ts";
import { exampleOf, exportOf } from "../example.ts";
import { hostileExample } from "../hostile.ts";
import { textProblems } from "../text-problems.ts";

export function hostilityLaws<Place, Arrived extends Arrival>({
  make,
  destination,
}: Subject<Place, Arrived>): void {
  const problemsOf = (arrival: Arrived): readonly string[] => [
    ...textProblems(arrival),
    ...(destination.problemsIn?.(arrival) ?? []),
  ];

  test("what it sends is well-formed", async () => {
    await using open = await destination.open();
    await exportOf(make(open.place), exampleOf());
    expect(open.arrivals().flatMap(problemsOf)).toEqual([]);
  });

  test.each([
    ["with content", {}],
    ["without", { content: null }],
  ])(
    "hostile names, times, numbers and values arrive, and are well-formed, %s",
    async (_, given) => {
      await using open = await destination.open();
      const exporter = make(open.place);
      const example = hostileExample();
      await exportOf(exporter, example, given);
      expect(open.arrivals().flatMap(problemsOf)).toEqual([]);
      if (!destination.idOf)
        expect(idsArrived(destination, open)).toEqual(idsOf(destination, exporter, example));
    },
  );
}
