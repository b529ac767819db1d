import { expect, test } from "vitest";
import { ExportFailure } from "../pipeline/export-failure.ts";
import type { SpanExporter } from "../pipeline/exporter.ts";
import { lazyExporter } from "./lazy-exporter.ts";

const context = { signal: new AbortController().signal, content: null };

function loading(script: readonly ("loads" | "fails")[]): {
  readonly exporter: SpanExporter;
  readonly told: readonly string[];
} {
  const told: string[] = [];
  const exporter = lazyExporter({
    name: "otel",
    content: "none",
    load: () => {
      const answer = script[told.filter((word) => word === "load").length];
      told.push("load");
      if (answer !== "loads") return Promise.reject(new Error("no such module"));
      return Promise.resolve({
        name: "inner",
        consumes: "spans",
        export: () => Promise.resolve(void told.push("export")),
        close: () => Promise.resolve(void told.push("close")),
      });
    },
  });
  return { exporter, told };
}

test("nothing is loaded before the first batch, and nothing twice", async () => {
  const { exporter, told } = loading(["loads"]);
  expect(exporter).toMatchObject({ name: "otel", consumes: "spans", content: "none" });
  expect(told).toEqual([]);
  await Promise.all([exporter.export([], context), exporter.export([], context)]);
  await exporter.close?.();
  expect(told).toEqual(["load", "export", "export", "close"]);
});

test("what was never loaded is not loaded to be closed", async () => {
  const { exporter, told } = loading(["loads"]);
  await exporter.close?.();
  expect(told).toEqual([]);
});

test("where it cannot be loaded the batch stays, certainly not sent, and the next attempt loads again", async () => {
  const { exporter, told } = loading(["fails", "loads"]);
  const failure: unknown = await exporter.export([], context).catch((error: unknown) => error);
  expect(ExportFailure.is(failure) && failure).toMatchObject({
    message: "the exporter otel cannot be loaded: no such module",
    retry: "same",
    answered: true,
    needsRepair: true,
  });
  await exporter.export([], context);
  expect(told).toEqual(["load", "load", "export"]);
});

test("a companion is known before, and is what comes with the module", async () => {
  const told: string[] = [];
  const takes = ["score.given"] as const;
  const exporter = lazyExporter({
    name: "x",
    companion: { name: "x-scores", takes },
    load: () =>
      Promise.resolve({
        name: "x",
        consumes: "spans",
        export: () => Promise.resolve(),
        companion: {
          name: "x-scores",
          consumes: "events",
          takes,
          export: (batch) => Promise.resolve(void told.push(`${batch.length} events`)),
        },
      }),
  });
  expect(exporter.companion).toMatchObject({ name: "x-scores", consumes: "events", takes });
  await exporter.companion?.export([], context);
  expect(told).toEqual(["0 events"]);
});

test("what keeps it from being loaded is what would keep it from being taken", async () => {
  const { signal } = context;
  const { exporter } = loading(["fails", "loads"]);
  expect(await exporter.check?.(signal)).toBe("no such module");
  expect(await exporter.check?.(signal)).toBeNull();
});
