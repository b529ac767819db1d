import { expect, test } from "vitest";
import { takesAll } from "../testing-kit/delivering.ts";
import { spanExporter } from "../testing-kit/scripted-exporter.ts";
import { closeExporters } from "./close-exporters.ts";

test("an exporter that cannot be closed does not keep the others from it", async () => {
  const failing = {
    ...spanExporter("failing", takesAll()),
    close: () => {
      throw new Error("no");
    },
  };
  const other = spanExporter("other", takesAll());
  await closeExporters([failing, other]);
  expect(other.closed()).toBe(1);
});

test("an exporter that never closes is not waited for beyond the time", async () => {
  const hanging = {
    ...spanExporter("hanging", takesAll()),
    close: () => new Promise<void>(() => {}),
  };
  await closeExporters([hanging], 5);
});
