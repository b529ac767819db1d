import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventExporter, SpanExporter } from "../pipeline/exporter.ts";
import { checkedConfig } from "./checked-config.ts";
import type { Config } from "./config.ts";
import { ConfigError } from "./config-error.ts";

const exported = (): Promise<void> => Promise.resolve();
const spans = (name: string): SpanExporter => ({ name, consumes: "spans", export: exported });
const events = (name: string): EventExporter => ({ name, consumes: "events", export: exported });
const redactor = { profile: "mine", redact: () => null };

function problemsOf(config: unknown): readonly string[] {
  try {
    checkedConfig(config);
    return [];
  } catch (error) {
    if (ConfigError.is(error)) return error.problems;
    throw error;
  }
}

test("a config that says everything comes back as it was", () => {
  const config: Required<Config> = {
    journal: { dir: "somewhere", acknowledge: "disk", maxBytes: null },
    labels: { feature: "f", tags: ["a"], environment: "e", release: "r", agentVersion: "1" },
    redact: redactor,
    maxContentBytes: 1,
    exporters: [
      spans("a"),
      { to: spans("b"), sample: 0, keepErrors: true, content: "full", redact: redactor },
      { to: events("c"), content: "none" },
    ],
    settleMs: 0,
    abandonAfterMs: 1,
    maxWaitingBytes: 1,
    flushOnExit: false,
    tracePer: "session",
    prices: {
      models: {
        "mine-1": { input: 1, output: { base: 2, tiers: [{ start: 200_000, price: 4 }] } },
        "mine-*": [
          { input: 1, since: "2026-01-31" },
          { input: 2, provider: "me", note: "ours" },
        ],
      },
      pinnedTo: "2026-01-31",
      file: "prices.json",
      refresh: "https://prices.example/list.json",
    },
    activeSpan: () => null,
    clock: () => 0,
    newKey: () => "key",
  };
  expect(checkedConfig(config)).toEqual(config);
  expect(checkedConfig({})).toEqual({});
  expect(checkedConfig({ journal: "memory", redact: "off" })).toEqual({
    journal: "memory",
    redact: "off",
  });
});

test("exporters and redactors stay the same objects, so instances of classes work", () => {
  class Destination implements SpanExporter {
    readonly name = "own";
    readonly consumes = "spans";
    async export(): Promise<void> {}
  }
  const own = new Destination();
  expect(checkedConfig({ exporters: [own] }).exporters?.[0]).toBe(own);
});

test("undefined is absent", () => {
  expect(Object.keys(checkedConfig({ redact: undefined, journal: { dir: undefined } }))).toEqual([
    "journal",
  ]);
});

describe("each of these is told with its place and what to do", () => {
  test.each<[unknown, string]>([
    [{ exporter: [] }, "unknown key `exporter` in config, did you mean `exporters`?"],
    [
      { journal: { acknowlege: "disk" } },
      "unknown key `acknowlege` in `journal`, did you mean `acknowledge`?",
    ],
    [{ journal: { ack: "disk" } }, "did you mean `acknowledge`?"],
    [{ service: "x" }, "unknown key `service` in config: there is journal, labels,"],
    [{ journal: "disk" }, '`journal`: expected "memory" or an object, received "disk"'],
    [
      { journal: { maxBytes: 1.5 } },
      "`journal.maxBytes`: expected a whole number, 1 or more, or null, received 1.5",
    ],
    [{ settleMs: "2s" }, '`settleMs`: expected a number from 0 to 2147483647, received "2s"'],
    [{ settleMs: Number.NaN }, "received NaN"],
    [{ settleMs: 2 ** 31 }, "received 2147483648"],
    [{ labels: { tags: ["a", 2] } }, "`labels.tags[1]`: expected text, received 2"],
    [{ tracePer: "thread" }, '`tracePer`: expected "turn" or "session", received "thread"'],
    [{ redact: "Off" }, '`redact`: expected "off", received "Off"'],
    [{ redact: () => "x" }, "`redact`: expected a redactor, an object with `profile` and `redact`"],
    [{ redact: { profile: "p" } }, "`redact.redact`: expected a function, received nothing"],
    [{ redact: { ...redactor, withholds: true } }, "`redact.withholds`: expected a function"],
    [{ exporters: spans("a") }, "`exporters`: expected a list, received an object"],
    [
      { exporters: [spans("a"), { to: spans("b"), sample: 2 }] },
      "`exporters[1].sample`: expected a number from 0 to 1, received 2",
    ],
    [
      { exporters: [{ to: spans("a"), smaple: 1 }] },
      "unknown key `smaple` in `exporters[0]`, did you mean `sample`?",
    ],
    [
      { exporters: [{ to: events("a"), sample: 0.5 }] },
      "`exporters[0].sample`: an exporter of events gets all of them, because they make sense only together: leave it out",
    ],
    [
      { exporters: [{ to: { to: spans("a") } }] },
      "`exporters[0].to`: received an object, neither an exporter",
    ],
    [
      { exporters: [{ url: "x" }] },
      "`exporters[0]`: received an object, neither an exporter (`name`, `consumes`, `export`) nor a route",
    ],
    [{ exporters: [exported] }, "`exporters[0]`: received the function exported: call it"],
    [{ exporters: [Promise.resolve()] }, "received a promise: await it"],
    [{ exporters: ["otel"] }, "by name exporters are given in spoor.config.json"],
    [{ exporters: [null] }, "`exporters[0]`: received null, neither"],
    [
      { exporters: [{ ...spans("a"), consumes: "traces" }] },
      '`exporters[0].consumes`: expected "spans" or "events", received "traces"',
    ],
    [{ exporters: [spans("")] }, "`exporters[0].name`: expected a name that is not empty"],
    [
      { exporters: [spans("a"), { to: events("a") }] },
      "`exporters[1]`: `exporters[0]` is named a too: give each a name of its own",
    ],
    [
      { exporters: [{ ...spans("a"), companion: events("b") }, { to: events("b") }] },
      "`exporters[1]`: `exporters[0]` is named b too: give each a name of its own",
    ],
    [
      { exporters: [1, 2].map(() => ({ ...spans("a"), companion: events("a-scores") })) },
      "`exporters[1]`: `exporters[0]` is named a too: give each a name of its own",
    ],
    [
      { exporters: [{ ...spans("a"), companion: spans("b") }] },
      '`exporters[0].companion.consumes`: expected "events", because a companion takes facts',
    ],
    [
      { exporters: [{ ...spans("a"), companion: { ...events("b"), takes: "score.given" } }] },
      "`exporters[0].companion.takes`: expected a list",
    ],
    [
      { prices: { models: { mine: { input: "3" } } } },
      "`prices.models.mine.input`: expected a number from 0",
    ],
    [
      { prices: { models: { mine: [{ out: 1 }] } } },
      "unknown key `out` in `prices.models.mine[0]`",
    ],
    [
      { prices: { models: { mine: { output: { base: 1, tiers: [{ start: 2 }] } } } } },
      "`prices.models.mine.output.tiers[0].price`: is missing",
    ],
    [
      { prices: { pinnedTo: "2026-02-30" } },
      '`prices.pinnedTo`: expected a day like 2026-01-31, received "2026-02-30"',
    ],
    [
      { prices: { refresh: "daily" } },
      '`prices.refresh`: expected true, false or the address of a price list, received "daily"',
    ],
    [null, "expected a plain object, received null"],
    [[], "expected a plain object, received a list of 0"],
    ["spoor.config.ts", "expected a plain object, received"],
  ])("%j", (config, sentence) => {
    const problems = problemsOf(config);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(sentence);
  });
});

test("all that is wrong is told at once", () => {
  const wrong = { exporter: [], settleMs: -1, labels: { tags: "a" }, exporters: [1, { to: 2 }] };
  expect(problemsOf(wrong)).toHaveLength(5);
  expect(() => checkedConfig(wrong, "spoor.config.ts")).toThrow(
    "spoor.config.ts cannot be used, 5 things are wrong:\n  - unknown key `exporter`",
  );
  expect(() => checkedConfig({ settleMs: -1 })).toThrow("the config cannot be used: `settleMs`");
});

test("nothing is taken from a prototype", () => {
  expect(problemsOf({ __proto__: { redact: "off" } })).toHaveLength(1);
  expect(problemsOf(JSON.parse('{ "__proto__": { "redact": "off" } }'))).toEqual([
    expect.stringContaining("unknown key `__proto__`"),
  ]);
  expect(problemsOf({ constructor: 1, toString: 2 })).toHaveLength(2);
  expect(problemsOf(Object.create(null))).toEqual([]);
});

test("whatever it is given, it answers with a config of known keys or with a ConfigError", () => {
  const known = ["journal", "labels", "redact", "exporters", "settleMs", "flushOnExit"];
  const anything = fc.oneof(
    fc.anything(),
    fc.dictionary(fc.oneof(fc.constantFrom(...known), fc.string()), fc.anything()),
  );
  fc.assert(
    fc.property(anything, (given) => {
      const before = problemsOf(given);
      if (before.length > 0) return;
      const config = checkedConfig(given);
      for (const key of Object.keys(config)) expect(known).toContain(key);
      expect(checkedConfig(config)).toEqual(config);
    }),
    { numRuns: 500 },
  );
});

describe("an exporter", () => {
  const exporter = { name: "x", consumes: "spans", export: async () => {} };

  test("may say how long the first of a batch waits", () => {
    const limits = { items: 1, bytes: 1, waitMs: 0 };
    expect(() => checkedConfig({ exporters: [{ ...exporter, limits }] })).not.toThrow();
    expect(() => checkedConfig({ exporters: [{ ...exporter, limits: { waitMs: -1 } }] })).toThrow(
      "`exporters[0].limits.waitMs`: expected a number from 0",
    );
  });

  test.each(["\ud800", "x".repeat(201), "é".repeat(40), ""])(
    "of the name %j is refused: it could not name a file",
    (name) => {
      expect(() => checkedConfig({ exporters: [{ ...exporter, name }] })).toThrow(
        "`exporters[0].name`: expected a name that is not empty",
      );
    },
  );
});

const throws = (): never => {
  throw new Error("no");
};

test("what cannot be looked at without throwing is refused, and where it stands is said", () => {
  const trapped = new Proxy({}, { get: throws, has: throws, getPrototypeOf: throws });
  const lazy = Object.defineProperty({ consumes: "spans" }, "name", { get: throws });
  for (const [config, path] of [
    [trapped, "cannot be read"],
    [{ labels: trapped }, "`labels`: cannot be read"],
    [{ redact: Object.defineProperty({}, "profile", { get: throws }) }, "`redact`: cannot be read"],
    [{ exporters: [lazy] }, "`exporters[0]`: cannot be read"],
  ] as const)
    expect(() => checkedConfig(config)).toThrow(path);
});
