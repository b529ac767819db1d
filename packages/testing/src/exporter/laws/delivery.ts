import { expect, test } from "vitest";
import { bytesOf, idsArrived, idsOf } from "../arrived.ts";
import { failureOf } from "../attempt.ts";
import type { Arrival, Subject } from "../destination.ts";
import { exampleOf, exportOf, nothing } from "../example.ts";

export function deliveryLaws<Place, Arrived extends Arrival>({
  make,
  destination,
}: Subject<Place, Arrived>): void {
  test("has a name, the same one tomorrow", async () => {
    await using open = await destination.open();
    const exporter = make(open.place);
    const { name } = exporter;
    expect(name.trim()).not.toBe("");
    await exportOf(exporter, exampleOf());
    expect(exporter.name).toBe(name);
    expect(make(open.place).name).toBe(name);
  });

  test("resolves when the destination has the whole batch", async () => {
    await using open = await destination.open();
    const exporter = make(open.place);
    const example = exampleOf();
    await exportOf(exporter, example);
    const ids = idsOf(destination, exporter, example);
    expect(ids).not.toEqual([]);
    expect(idsArrived(destination, open)).toEqual(ids);
  });

  test("has nothing to deliver in an empty batch", async () => {
    await using open = await destination.open();
    await exportOf(make(open.place), nothing);
    expect(open.arrivals().map(({ bytes }) => String(bytes))).toEqual([]);
  });

  test("says the same, to the byte, when the same batch comes again", async () => {
    await using open = await destination.open();
    await using second = await destination.open();
    const example = exampleOf();
    const exporter = make(open.place);
    await exportOf(exporter, example);
    const once = bytesOf(open.arrivals());
    expect(once.byteLength).toBeGreaterThan(0);
    await exportOf(make(second.place), example);
    expect(bytesOf(second.arrivals()).equals(once)).toBe(true);
    if (destination.repeats === false) return;
    await exportOf(exporter, example);
    const twice = bytesOf(open.arrivals()).subarray(once.byteLength);
    expect(twice.equals(once)).toBe(true);
  });

  test("throws while the destination cannot have the batch, and delivers it whole when it comes again", async () => {
    await using open = await destination.open();
    const exporter = make(open.place);
    const example = exampleOf();
    await open.fails();
    for (const _ of ["once", "twice"])
      expect(await failureOf(exporter, example)).toMatchObject({ retry: "same" });
    await open.works();
    await exportOf(exporter, example);
    expect(idsArrived(destination, open)).toEqual(idsOf(destination, exporter, example));
  });

  test("can be closed, used or not, and closed again", async () => {
    await using open = await destination.open();
    const unused = make(open.place);
    await unused.close?.();
    await unused.close?.();
    const exporter = make(open.place);
    await exportOf(exporter, exampleOf());
    await exporter.close?.();
    await exporter.close?.();
    expect(idsArrived(destination, open)).toEqual(idsOf(destination, exporter, exampleOf()));
  });
}
