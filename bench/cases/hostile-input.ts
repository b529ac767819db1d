import { performance } from "node:perf_hooks";
import type { EventDraft, JsonValue } from "@spoor/core";
import type { Benchmark, Figure } from "../benchmark.ts";
import { closeComplete } from "../complete.ts";
import { longRunningObserver } from "../long-running.ts";
import { median } from "../statistics.ts";

const budgetMs = 50;

export const benchmark: Benchmark = {
  name: "hostile input",
  note: "One emit of each, with the default redactor, by the clock, the median of five: whatever an agent passes, it may not hang. The text of 100 MB is the one that may take longer.",
  async run() {
    const observer = longRunningObserver({ journal: "memory" });
    const figures: Figure[] = [];
    let key = 0;
    for (const [name, make] of Object.entries(hostile)) {
      const times: number[] = [];
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const input = make() as JsonValue;
        const draft: EventDraft = {
          type: "tool.started",
          session: "hostile",
          source: "callback",
          key: `tool-${(key += 1)}`,
          name: "tool",
          input,
        };
        const startedAt = performance.now();
        observer.emit(draft);
        times.push(performance.now() - startedAt);
      }
      const figure = { name, value: median(times), unit: "ms" };
      figures.push(name === longText ? figure : { ...figure, target: { atMost: budgetMs } });
    }
    const { recorder } = observer.health();
    if (recorder.refused > 0) throw new Error(`lost ${recorder.refused} events of hostile input`);
    await closeComplete(observer);
    return figures;
  },
};

const longText = "a text of 100 MB";
const million = 1_000_000;

const hostile: Readonly<Record<string, () => unknown>> = {
  "a cycle": cycle,
  "getters that throw": () => withGetters(10_000),
  "a proxy whose every field is another": () => endless(),
  "10,000 levels": () => levels(10_000),
  "a million levels": () => levels(million),
  "a list of a million": () => Array.from({ length: million }, (_, index) => index),
  "an object of 100,000 fields": () =>
    Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`field ${index}`, index])),
  "a map of 500,000": () =>
    new Map(Array.from({ length: million / 2 }, (_, index) => [`field ${index}`, index])),
  "a list with a billion holes": () => Object.assign([], { length: 1_000_000_000 }),
  "parts shared sixty levels deep": shared,
  "bigints, functions, symbols, dates": () =>
    Array.from({ length: 2_000 }, () => [1n, cycle, Symbol("s"), new Date(Number.NaN)]),
  "16 MB of bytes": () => new Uint8Array(16 * million),
  "5,000 texts of 10 kB": () =>
    Array.from({ length: 5_000 }, () => flat("log line ".repeat(1_111))),
  "1 MB of @": () => "a@".repeat(million / 2),
  "1 MB of digits": () => "4111 1111 1111 1111 ".repeat(million / 20),
  "1 MB of password=": () => 'password="'.repeat(million / 10),
  "1 MB of password=$(": () => "password=$(".repeat(million / 11),
  "1 MB of lonely digits": () => "4 ".repeat(million / 2),
  "1 MB of backslashes": () => `{"token":"${"\\".repeat(million)}`,
  "1 MB of key beginnings": () => "sk-".repeat(million / 3),
  "20,000 secrets": () => "mail ada@example.org or password=hunter2\n".repeat(20_000),
  [longText]: () => "a hundred megabytes ".repeat(5 * million),
};

/** As texts are that were read from somewhere, and not put together a moment ago. */
function flat(text: string): string {
  return Buffer.from(text).toString("latin1");
}

function cycle(): unknown {
  const self: unknown[] = [];
  self.push(self);
  return self;
}

function withGetters(count: number): unknown {
  const object = {};
  for (let index = 0; index < count; index += 1)
    Object.defineProperty(object, `field ${index}`, {
      enumerable: true,
      get: () => {
        throw new Error("no");
      },
    });
  return object;
}

function endless(): unknown {
  return new Proxy(
    {},
    {
      get: () => endless(),
      ownKeys: () => ["a", "b"],
      getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
    },
  );
}

function levels(count: number): unknown {
  let value: unknown = "bottom";
  for (let level = 0; level < count; level += 1) value = [value];
  return value;
}

function shared(): unknown {
  let value: unknown = "leaf";
  for (let level = 0; level < 60; level += 1) value = [value, value];
  return value;
}
