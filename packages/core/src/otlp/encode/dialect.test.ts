import { expect, test } from "vitest";
import { encodeSpan } from "./encode.ts";
import type { Dialect } from "./encoding.ts";
import { exampleContent, exampleSpan, held } from "./example-span.ts";
import { attributesIn, type ReadAttributes } from "./read-back.ts";

const call = exampleSpan({
  kind: "model",
  provider: "xai",
  requestModel: "m",
  promptName: "answer",
  promptVersion: "7",
  usage: { input: 1, cacheRead: 2, cacheWrite: 3, output: 4, reasoning: null },
  parameters: held({ top_k: 5, reasoning_effort: "low", temperature: 0 }),
  input: held([{ role: "user", content: [{ type: "compaction", content: "they talked" }] }]),
});

const inDialect = (dialect?: Dialect): ReadAttributes =>
  attributesIn(
    encodeSpan(call, { content: exampleContent, ...(dialect ? { dialect } : {}) }).attributes,
  );

test("the latest names are the default", () => {
  expect(inDialect()).toEqual(inDialect("latest"));
  expect(inDialect()).toMatchObject({
    "gen_ai.provider.name": "x_ai",
    "gen_ai.usage.cache_write.input_tokens": 3n,
    "gen_ai.request.top_k": 5n,
    "gen_ai.request.reasoning.level": "low",
    "gen_ai.conversation.compacted": true,
  });
});

test("1.41 says how a cache was written under its older name, and leaves out what it had no name for", () => {
  const said = inDialect("1.41");
  expect(said).toMatchObject({
    "gen_ai.provider.name": "x_ai",
    "gen_ai.usage.input_tokens": 6n,
    "gen_ai.usage.cache_creation.input_tokens": 3n,
    "gen_ai.request.top_k": 5,
    "gen_ai.request.temperature": 0,
  });
  for (const later of [
    "usage.cache_write.input_tokens",
    "request.reasoning.level",
    "prompt.version",
    "conversation.compacted",
  ])
    expect(said).not.toHaveProperty([`gen_ai.${later}`]);
});

test("1.36 calls the provider the system, in the words of then", () => {
  const said = inDialect("1.36");
  expect(said).toMatchObject({
    "gen_ai.system": "xai",
    "gen_ai.usage.cache_creation.input_tokens": 3n,
  });
  expect(said).not.toHaveProperty(["gen_ai.provider.name"]);
});

test("our own names are the same in all of them", () => {
  const [latest, older] = (["latest", "1.36"] as const).map((dialect) =>
    Object.entries(inDialect(dialect)).filter(([name]) => name.startsWith("spoor.")),
  );
  expect(older).toEqual(latest);
});
