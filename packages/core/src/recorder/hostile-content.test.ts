import { describe, expect, test } from "vitest";
import { redactor } from "../redaction/default-redactor.ts";
import * as say from "../testing-kit/drafts.ts";
import { eventsIn, record } from "../testing-kit/recording.ts";
import type { ContentRef } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";

const throwing = (): never => {
  throw new Error("no");
};
const cyclic: Record<string, unknown> = { name: "loop" };
cyclic["self"] = cyclic;
const shared = { text: "twice" };
const deep = (depth: number): unknown => {
  let value: unknown = "bottom";
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
};
class Account {
  owner = "Ada";
}
class Empty {
  #hidden = 1;
  hidden(): number {
    return this.#hidden;
  }
}
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const coded = Object.assign(new TypeError("outer", { cause: new Error("inner") }), { code: "E1" });

const hundredThousand = Array.from({ length: 100_000 }, (_, index) => index);

const told: Readonly<Record<string, readonly [given: unknown, kept: unknown]>> = {
  "a cycle": [cyclic, { name: "loop", self: "[circular]" }],
  "an object that comes twice": [
    { a: shared, b: shared, c: 1n },
    { a: shared, b: shared, c: "[bigint 1]" },
  ],
  "a bigint": [12n, "[bigint 12]"],
  "a bigint that takes long to write": [2n ** 100_000n, "[bigint]"],
  "a function": [{ call: function search() {} }, { call: "[function search]" }],
  "a symbol": [Symbol("s"), "[symbol s]"],
  "no number": [
    [Number.NaN, -Infinity],
    ["[NaN]", "[-Infinity]"],
  ],
  "a getter that throws": [
    Object.defineProperty({ a: 1 }, "b", { enumerable: true, get: throwing }),
    { a: 1, b: "[getter threw]" },
  ],
  "a toJSON": [{ secret: 1, toJSON: () => ({ shown: 2 }) }, { shown: 2 }],
  "a toJSON that throws": [
    { a: 1, toJSON: throwing },
    { a: 1, toJSON: "[function throwing]" },
  ],
  "a toJSON that gives a function": [{ toJSON: () => throwing }, "[function throwing]"],
  "a proxy that throws": [new Proxy({}, { ownKeys: throwing }), "[unreadable]"],
  "a proxy that was revoked": [revoked.proxy, "[unreadable]"],
  "an instance with fields": [new Account(), { owner: "Ada" }],
  "an instance without": [new Empty(), "[Empty]"],
  "a map": [
    new Map<unknown, unknown>([
      ["a", new Set([1n])],
      [{}, 2],
    ]),
    { a: ["[bigint 1]"], "[Object]": 2 },
  ],
  "a date": [{ at: new Date(0) }, { at: "1970-01-01T00:00:00.000Z" }],
  "an invalid date": [{ at: new Date(Number.NaN) }, { at: "[invalid date]" }],
  bytes: [
    [Buffer.from("secret"), new Float64Array(2)],
    ["[Buffer of 6 bytes]", "[Float64Array of 16 bytes]"],
  ],
  "a regular expression": [/x+/g, "[regular expression /x+/g]"],
  "an address": [new URL("https://example.org/a"), "https://example.org/a"],
  "holes and undefined": [
    [...Array<unknown>(1), 1, undefined, 2n],
    [null, 1, null, "[bigint 2]"],
  ],
  "an undefined field": [{ a: undefined, b: 1n }, { b: "[bigint 1]" }],
  "boxed values": [
    [Object(1n), Object("x")],
    ["[bigint 1]", "x"],
  ],
};

const kept = (given: unknown, options = {}): unknown => {
  const { events, journal, recorder } = record(
    [say.turn("a", { input: given as JsonValue })],
    options,
  );
  expect(recorder.health()).toMatchObject({ recorded: 1, refused: 0 });
  const input = events[0]?.type === "turn.started" ? events[0].input : undefined;
  return journal.reader().find(input as ContentRef)?.value;
};

describe("what JSON has no word for is said in words", () => {
  test.each(Object.keys(told))("%s", (name) => {
    const [given, expected] = told[name] ?? [];
    expect(kept(given)).toEqual(expected);
    expect(kept(given, { redact: redactor() })).toEqual(expected);
  });

  test("an error is its name, message, stack, cause and own fields", () => {
    expect(kept({ error: coded })).toMatchObject({
      error: {
        name: "TypeError",
        message: "outer",
        stack: expect.stringContaining("at "),
        code: "E1",
        cause: { name: "Error", message: "inner" },
      },
    });
  });

  test("a field named __proto__ stays one and pollutes nothing", () => {
    const given: unknown = JSON.parse('{"__proto__":{"polluted":true},"password":"x"}');
    const left = kept([given, 1n], { redact: redactor() });
    expect(JSON.stringify(left)).toBe(
      '[{"__proto__":{"polluted":true},"password":"[redacted:password]"},"[bigint 1]"]',
    );
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test.each([1_000, 10_000, 100_000])("%i levels are cut where they are too deep", (depth) => {
    const text = JSON.stringify(kept(deep(depth), { redact: redactor() }));
    expect(text).toBe(`${"[".repeat(256)}"[cut: more than 256 levels deep]"${"]".repeat(256)}`);
  });

  test("200 levels are kept", () => {
    expect(kept(deep(200))).toEqual(deep(200));
  });

  test("of a list of a million it is said how many are not kept", () => {
    const left = kept(Array.from({ length: 1_000_000 }, (_, index) => index)) as unknown[];
    expect(left.length).toBeGreaterThan(20_000);
    expect(left.at(-1)).toBe(`[cut: ${1_000_000 - left.length + 1} more]`);
  });

  test.each([
    ["a map", () => new Map(hundredThousand.map((number) => [`field ${number}`, number]))],
    ["a set", () => new Set(hundredThousand)],
  ])("of %s of a hundred thousand no more are listed than are looked at", (_, make) => {
    const collection = make();
    const iterator = Object.getPrototypeOf(collection[Symbol.iterator]()) as object;
    const next = Reflect.get(iterator, "next") as (this: unknown) => unknown;
    let listed = 0;
    Reflect.set(iterator, "next", function (this: unknown): unknown {
      listed += 1;
      return next.call(this);
    });
    let left: unknown;
    try {
      left = kept(collection);
    } finally {
      Reflect.set(iterator, "next", next);
    }
    expect(listed).toBeLessThan(25_000);
    const said = Object.values(left as object);
    expect(said.at(-1)).toBe(`[cut: ${100_000 - said.length + 1} more]`);
  });

  test("a collection that lies about its size ends", () => {
    class Liar extends Map<string, number> {
      override get size(): number {
        return Number.NaN;
      }
    }
    expect(kept(new Liar([["a", 1]]))).toEqual({ a: 1 });
  });

  test("a list that is nearly all holes ends", () => {
    const sparse: unknown[] = [];
    sparse[999_999_999] = 1;
    expect((kept(sparse) as unknown[]).at(-1)).toMatch(/^\[cut: 999\d{6} more\]$/);
  });

  test("objects that share their parts do not grow without end", () => {
    let shares: unknown = "leaf";
    for (let level = 0; level < 60; level += 1) shares = [shares, shares];
    expect(JSON.stringify(kept(shares)).length).toBeLessThan(5_000_000);
  });
});

describe("an event is not lost by hostile content", () => {
  test("of a draft whose content throws when it is read", () => {
    const draft = Object.defineProperty({ ...say.turn("a") }, "input", {
      enumerable: true,
      get: throwing,
    });
    const { events, journal } = record([draft]);
    const input = events[0]?.type === "turn.started" ? events[0].input : undefined;
    expect(journal.reader().find(input as ContentRef)?.value).toBe("[getter threw]");
  });

  const contexts: Readonly<Record<string, readonly [unknown, number]>> = {
    "no object": ["hello", 1],
    "no messages": [{}, 0],
    "messages that are no list": [{ messages: { role: "user" } }, 1],
    "messages that throw": [Object.defineProperty({}, "messages", { get: throwing }), 1],
    "a list that throws": [
      {
        messages: new Proxy(["a", "b"], {
          get: (list, name) => (name === "length" ? list.length : throwing()),
        }),
      },
      2,
    ],
    "a revoked list": [{ messages: revoked.proxy }, 1],
    "values without JSON": [
      { messages: ["before", 1n, throwing], tools: 1n, instructions: cyclic },
      3,
    ],
    "holes without end": [{ messages: Object.assign([], { length: 4_000_000_000 }) }, 50_001],
  };
  test.each(Object.keys(contexts))("of a context with %s", (name) => {
    const [context, count] = contexts[name] ?? [];
    const { events, journal, recorder } = record([
      say.model("m", "t", { context: context as never }),
    ]);
    expect(recorder.health()).toMatchObject({ recorded: 1, refused: 0 });
    expect(events).toMatchObject([{ context: { count } }]);
    expect(eventsIn(journal)).toEqual(events);
  });

  test("what cannot be looked at at all is refused, without throwing", () => {
    const thrower = new Proxy({}, { get: throwing, getPrototypeOf: throwing });
    const draft = new Proxy(say.turn("a"), {
      get: () => {
        throw thrower;
      },
    });
    const { recorder } = record([draft]);
    expect(recorder.health()).toMatchObject({
      recorded: 0,
      refused: 1,
      lastRefusal: expect.any(Error),
    });
  });
});

describe("a redactor is the application's own code", () => {
  test("that changes what it is given changes nothing of the application", () => {
    const input = { list: [1, 2], name: "Ada" };
    const mutating = {
      profile: "mutating",
      redact: (value: JsonValue): JsonValue => {
        if (typeof value === "object") Object.assign(value as object, { name: "gone" });
        return value;
      },
    };
    expect(kept(input, { redact: mutating })).toEqual({ list: [1, 2], name: "gone" });
    expect(input).toEqual({ list: [1, 2], name: "Ada" });
  });

  test("that gives back what has no JSON withholds", () => {
    for (const made of [undefined, 1n, cyclic, throwing]) {
      const { events } = record([say.turn("a", { input: { a: 1 } })], {
        redact: { profile: "odd", redact: () => made as JsonValue },
      });
      expect(events).toMatchObject([{ input: { withheld: "unserialisable" } }]);
    }
  });

  test("that records whenever it is called ends, and its events are recorded too", () => {
    const emitting = {
      profile: "emitting",
      redact: (value: JsonValue): JsonValue => {
        for (const mark of ["1", "2"])
          recorder.emit({ ...say.turn(`${JSON.stringify(value)}${mark}`), input: value });
        return value;
      },
    };
    const { recorder, journal } = record([], { redact: emitting });
    recorder.emit(say.turn("a", { name: "x", input: "hello" }));
    const { recorded, refused } = recorder.health();
    expect(recorded).toBeGreaterThan(2);
    expect(refused).toBeGreaterThan(2);
    expect(recorded).toBeLessThan(100);
    expect(eventsIn(journal).map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: recorded }, (_, index) => index),
    );
  });

  test("a getter that says another thing each time leaks nothing", () => {
    let reads = 0;
    const changing = Object.defineProperty({}, "note", {
      enumerable: true,
      get: () => ((reads += 1) % 2 === 1 ? "harmless" : "sk-ant-api03-planted-secret-000001"),
    });
    for (let round = 0; round < 4; round += 1)
      expect(JSON.stringify(kept(changing, { redact: redactor() }))).not.toContain("planted");
  });
});
