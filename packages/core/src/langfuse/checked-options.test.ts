import { expect, test } from "vitest";
import { keys } from "./answering.fixture.ts";
import { langfuse, type LangfuseOptions } from "./langfuse.ts";

test.each<[object, string]>([
  [{ transport: "http" }, 'expected transport to be auto, otlp, legacy, received "http"'],
  [
    { cost: "sever" },
    'expected cost to be "server" or what pricesFrom(book) gives, received "sever"',
  ],
  [{ graph: "yes" }, 'expected graph to be true or false, received "yes"'],
  [{ scopeName: "" }, 'expected scopeName to be a name, received ""'],
  [{ maxFieldBytes: 10 }, "expected maxFieldBytes to be a whole number from 256 on, received 10"],
  [{ maxFieldBytes: "2 MB" }, 'from 256 on, received "2 MB"'],
])("%j is refused at once, and not with each batch", (wrong, words) => {
  expect(() => langfuse({ environment: keys, ...(wrong as LangfuseOptions) })).toThrow(words);
});

test("what can be meant is taken", () => {
  const options = { cost: "server", graph: true, scopeName: "mine", maxFieldBytes: 256 } as const;
  expect(() => langfuse({ environment: keys, ...options })).not.toThrow();
});
