import process from "node:process";
import { expect, onTestFinished, test, vi } from "vitest";
import { idsArrived, idsOf } from "../arrived.ts";
import { failureOf } from "../attempt.ts";
import type { Arrival, Subject } from "../destination.ts";
import { exampleOf, exportOf } from "../example.ts";

export function isolationLaws<Place, Arrived extends Arrival>({
  make,
  destination,
}: Subject<Place, Arrived>): void {
  test("two of them do not know of each other", async () => {
    await using open = await destination.open();
    await using second = await destination.open();
    const [one, other] = [make(open.place), make(second.place)];
    const [mine, theirs] = [exampleOf("mine"), exampleOf("theirs")];
    await Promise.all([exportOf(one, mine), exportOf(other, theirs)]);
    await one.close?.();
    await exportOf(other, exampleOf("more"));
    expect(idsArrived(destination, open)).toEqual(idsOf(destination, one, mine));
    const both = [theirs, exampleOf("more")].flatMap((example) =>
      idsOf(destination, other, example),
    );
    expect(idsArrived(destination, second)).toEqual([...new Set(both)].toSorted());
  });

  test("it writes nothing to the terminal, whether it succeeds or fails", async () => {
    await using open = await destination.open();
    const exporter = make(open.place);
    const seen = terminal();
    await exportOf(exporter, exampleOf());
    await open.fails();
    await failureOf(exporter, exampleOf("failed"));
    await exporter.close?.();
    expect(seen()).toEqual([]);
  });
}

/** What this process writes to its terminal from now to the end of the test, which is kept from it. */
function terminal(): () => readonly unknown[] {
  const spies = [
    vi.spyOn(process.stdout, "write").mockReturnValue(true),
    vi.spyOn(process.stderr, "write").mockReturnValue(true),
    ...(["log", "info", "warn", "error", "debug"] as const).map((method) =>
      vi.spyOn(console, method).mockReturnValue(),
    ),
  ];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return () => spies.flatMap((spy): readonly unknown[] => spy.mock.calls);
}
