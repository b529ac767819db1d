import { describe, expect, test } from "vitest";
import { checkedConfig } from "./checked-config.ts";
import { configFromJson } from "./config-from-json.ts";
import { ConfigError } from "./config-error.ts";
import { merged } from "./layers.ts";

const retention = {
  warmAfter: "90d",
  coldAfter: "1y",
  hotBytes: 1_000_000,
  warmBytes: 0,
  atLeast: 86_400_000,
  hold: ["session-1", "ann@example.com"],
} as const;

function problemsOf(journal: unknown): readonly string[] {
  try {
    checkedConfig({ journal });
    return [];
  } catch (error) {
    if (ConfigError.is(error)) return error.problems;
    throw error;
  }
}

test("code and JSON say the same", async () => {
  const journal = { retention };
  expect(checkedConfig({ journal })).toEqual({ journal });
  const around = { environment: {}, folder: "." };
  expect(await configFromJson(JSON.stringify({ journal }), "spoor.config.json", around)).toEqual({
    journal,
  });
});

describe("nonsense is refused in a sentence", () => {
  test.each([
    [
      { warmAfter: "90d", coldAfter: "30d" },
      "`journal.retention`: `coldAfter` (30d) is shorter than `warmAfter` (90d): entries cannot go before their content",
    ],
    [
      { warmAfter: "90d", atLeast: "26w" },
      "`journal.retention`: `warmAfter` (90d) is shorter than `atLeast` (26w), before which nothing goes",
    ],
    [
      { coldAfter: "90d", atLeast: "1y" },
      "`journal.retention`: `coldAfter` (90d) is shorter than `atLeast` (1y), before which nothing goes",
    ],
    [
      { warmAfter: "6 months" },
      '`journal.retention.warmAfter`: expected an age such as "90d" (m, h, d, w or y), or milliseconds, received "6 months"',
    ],
    [
      { hotBytes: -1 },
      "`journal.retention.hotBytes`: expected a whole number, 0 or more, received -1",
    ],
    [{ hold: "ann" }, '`journal.retention.hold`: expected a list, received "ann"'],
    [
      { coldafter: "1y" },
      "unknown key `coldafter` in `journal.retention`, did you mean `coldAfter`?",
    ],
  ])("%o", (said, sentence) => {
    expect(problemsOf({ retention: said })).toEqual([sentence]);
  });

  test("a bound that takes whatever is oldest does not stand beside a promise", () => {
    const hold = ["session-1"];
    expect(problemsOf({ maxBytes: 1_000, retention: { hold } })).toEqual([
      "`journal.maxBytes`: takes the oldest whatever `retention.hold` promises: leave it out, and bound the record with `retention.hotBytes` and `retention.warmBytes`",
    ]);
    expect(problemsOf({ maxBytes: null, retention: { hold } })).toEqual([]);
    expect(problemsOf({ maxBytes: 1_000, retention: { warmAfter: "1d" } })).toEqual([]);
  });

  test("what is no journal at all is said once", () => {
    expect(problemsOf(7)).toHaveLength(1);
  });
});

test("a file does not shorten what the caller has sealed", () => {
  const seal = { attach: () => neverCalled(), sealAll: () => Promise.resolve([]) };
  const file = { source: "file spoor.config.json", config: { journal: { retention } } } as const;
  const { config, unused } = merged([{ source: "code", config: { journal: { seal } } }, file]);
  expect(config.journal).toEqual({ seal });
  expect(unused.map(({ name, usedSource }) => [name, usedSource])).toEqual([
    ["journal.retention", "code"],
  ]);
  const own = { source: "code", config: { journal: { seal, retention } } } as const;
  expect(merged([own]).config.journal).toEqual({ seal, retention });
});

function neverCalled(): never {
  throw new Error("nobody attaches a seal to a config");
}
