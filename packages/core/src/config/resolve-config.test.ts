import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import type { Config } from "./config.ts";
import { merged } from "./layers.ts";
import { type ResolvedConfig, resolveConfig, type ResolveOptions } from "./resolve-config.ts";

const name = "spoor.config.json";

function resolvedWith(
  file: object | null,
  options: ResolveOptions = {},
): { readonly dir: string; readonly resolved: Promise<ResolvedConfig> } {
  const dir = temporaryFolder();
  if (file) writeFileSync(join(dir, name), JSON.stringify(file));
  return { dir, resolved: resolveConfig({ dir, environment: {}, ...options }) };
}

const sourcesOf = ({ values }: ResolvedConfig): Readonly<Record<string, string>> =>
  Object.fromEntries(values.map(({ name, source }) => [name, source]));

test("`.spoor` lies in the working directory, wherever the file lies, and `dir` stands for that directory", async () => {
  const { dir: other, resolved } = resolvedWith({ settleMs: 1 });
  expect((await resolved).config).toMatchObject({ journal: { dir: join(other, ".spoor") } });
  const here = temporaryFolder();
  const { config } = await resolveConfig({ dir: here, file: join(other, name), environment: {} });
  expect(config).toMatchObject({ settleMs: 1, journal: { dir: join(here, ".spoor") } });
});

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" };

test("every value says who said it: the caller, then the file, then the environment, then the default", async () => {
  const { dir, resolved } = resolvedWith(
    { journal: { acknowledge: "disk", maxBytes: 5 }, settleMs: 1, labels: { release: "1" } },
    { base: { settleMs: 7, labels: { feature: "f" } }, environment: { SPOOR_DIR: "there" } },
  );
  expect(sourcesOf(await resolved)).toEqual({
    "journal.dir": "environment SPOOR_DIR",
    "journal.acknowledge": `file ${name}`,
    "journal.maxBytes": `file ${name}`,
    redact: "default",
    maxContentBytes: "default",
    exporters: "default",
    settleMs: "code",
    abandonAfterMs: "default",
    maxWaitingBytes: "default",
    flushOnExit: "default",
    tracePer: "default",
    "labels.feature": "code",
    "labels.release": `file ${name}`,
  });
  expect((await resolved).config).toEqual({
    journal: { dir: join(dir, "there"), acknowledge: "disk", maxBytes: 5 },
    settleMs: 7,
    labels: { feature: "f", release: "1" },
  });
});

test("the environment switches exporters on only where there is no file, and says why not", async () => {
  const alone = await resolvedWith(null, { environment: endpoint }).resolved;
  expect(alone.config.exporters).toMatchObject([{ name: "otel" }]);
  expect(sourcesOf(alone)["exporters"]).toBe("environment OTEL_EXPORTER_OTLP_ENDPOINT");
  expect(alone.switches).toMatchObject([{ exporter: "otel", without: null }]);
  const beside = await resolvedWith({}, { environment: endpoint }).resolved;
  expect(beside.config.exporters).toBeUndefined();
  expect(beside.switches).toMatchObject([{ without: `${name} says which exporters there are` }]);
  const decided = await resolvedWith(null, { environment: endpoint, base: { exporters: [] } })
    .resolved;
  expect(decided.config.exporters).toEqual([]);
  expect(decided.switches).toMatchObject([
    { without: "the caller says which exporters there are" },
  ]);
});

test("a variable that an exporter of the file reads is not said to be without effect", async () => {
  const file = { exporters: [{ to: "otel" }] };
  const { switches } = await resolvedWith(file, { environment: endpoint }).resolved;
  expect(switches).toMatchObject([{ exporter: "otel", without: null }]);
});

test("a journal that the caller placed on disk cannot become one in memory", async () => {
  const { resolved } = resolvedWith(
    { journal: "memory" },
    { base: { journal: { acknowledge: "disk" } }, baseSource: "option --safe" },
  );
  expect((await resolved).config.journal).toMatchObject({ acknowledge: "disk" });
  expect((await resolved).refused).toEqual([
    `\`journal\` of ${name} is not used: the caller has decided it`,
  ]);
});

test("a journal in memory has no folder", async () => {
  const { config, values } = await resolvedWith({ journal: "memory" }).resolved;
  expect(config.journal).toBe("memory");
  expect(values.filter(({ name }) => name.startsWith("journal"))).toEqual([
    { name: "journal", value: "memory", source: `file ${name}` },
  ]);
});

test("prices are values of their own, and a price list lies beside the config that names it", async () => {
  const { dir, resolved } = resolvedWith(
    { prices: { file: "prices.json", refresh: true, models: { m: { input: 1 } } } },
    { base: { prices: { refresh: false } } },
  );
  expect((await resolved).config.prices).toEqual({
    refresh: false,
    file: join(dir, "prices.json"),
    models: { m: { input: 1 } },
  });
  expect(sourcesOf(await resolved)).toMatchObject({
    "prices.refresh": "code",
    "prices.file": `file ${name}`,
  });
});

const spoken: fc.Arbitrary<Config> = fc.record(
  {
    journal: fc.oneof(
      fc.constant("memory" as const),
      fc.record(
        { dir: fc.constantFrom("a", "b"), maxBytes: fc.constantFrom(null, 1) },
        { requiredKeys: [] },
      ),
    ),
    labels: fc.record({ feature: fc.string(), release: fc.string() }, { requiredKeys: [] }),
    redact: fc.constantFrom("off" as const, { profile: "p", redact: (): null => null }),
    maxContentBytes: fc.nat(),
  },
  { requiredKeys: [] },
);

test("what the caller has said stands, whatever a file says", () => {
  fc.assert(
    fc.property(spoken, spoken, (caller, file) => {
      const alone = merged([{ source: "code", config: caller }]);
      const together = merged([
        { source: "code", config: caller },
        { source: "file x", config: file },
      ]);
      for (const said of alone.values) expect(together.values).toContainEqual(said);
      if (typeof caller.journal === "object" && Object.keys(caller.journal).length > 0)
        expect(together.config.journal).not.toBe("memory");
      if (caller.journal === "memory") expect(together.config.journal).toBe("memory");
    }),
  );
});
