import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exampleContent, exampleSpan, held } from "../../otlp/encode/example-span.ts";
import { spansIn } from "../../otlp/encode/read-back.ts";
import type { Span, SpanKind } from "../../run-tree/span.ts";
import { encodeObservations } from "./encode.ts";
import { observationsOf } from "./observations.ts";

const page = readFileSync(new URL("../../../../../docs/spec/langfuse.md", import.meta.url), "utf8");

const rowsOf = (section: string): readonly string[] => {
  const [, text = ""] = page.split(`\n## ${section}\n`);
  const [within = ""] = text.split("\n## ");
  return within.split("\n").filter((line) => /^\| [`\w]/.test(line));
};

const quotedIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(/`([^`]+)`/g), ([, quoted = ""]) => quoted);

const everything: Partial<Span> = {
  turnName: "cook",
  model: "m",
  promptName: "greet",
  promptVersion: "3",
  firstOutputAt: 1,
  status: "error",
  detail: held("too long"),
  input: held("hi"),
  output: held("hello"),
  parameters: held({ top_p: 1 }),
  usage: { input: 1, cacheRead: 2, cacheWrite: 3, cacheWrite1h: 1, output: 5, reasoning: 4 },
  labels: {
    userId: held("ada"),
    feature: "f",
    tags: ["a"],
    environment: "production",
    release: "r",
    agentVersion: "v",
  },
};

test("the specification has every attribute, and no other", () => {
  const request = encodeObservations([exampleSpan({ ...everything, kind: "model" })], {
    content: exampleContent,
    price: () => ({ usd: 1n, unpriced: 0 }),
  });
  const sent = spansIn(request).flatMap(({ attributes }) => attributes.map(({ key }) => key));
  const said = rowsOf("Attributes").flatMap((row) => quotedIn(row.split("|")[1] ?? ""));
  expect(said.toSorted()).toEqual(sent.toSorted());
});

test("the specification has the type of every kind of work", () => {
  const types = new Map(
    rowsOf("Observations").flatMap((row): readonly (readonly [string, string])[] => {
      const [, recorded = "", type = ""] = row.split("|");
      return quotedIn(recorded).map((kind) => [kind, quotedIn(type)[0] ?? ""]);
    }),
  );
  const kinds: readonly SpanKind[] = [
    "agent",
    "workflow",
    "task",
    "step",
    "plan",
    "memory",
    "model",
    "tool",
    "retrieval",
    "guardrail",
    "compaction",
    "other",
  ];
  for (const kind of kinds) {
    const [observation] = observationsOf(exampleSpan({ kind }), { content: null });
    expect([kind, types.get(kind)]).toEqual([kind, observation?.type]);
  }
});

test("the specification has every bucket of tokens, and no other", () => {
  const usages = [everything.usage ?? null, { ...exampleUsage, cacheWrite: 3 }];
  const sent = usages.flatMap((usage) => {
    const span = exampleSpan({ kind: "model", model: "gpt-5", usage });
    const [observation] = observationsOf(span, { content: null });
    return Object.keys(observation?.usageDetails ?? {});
  });
  const said = rowsOf("Tokens and cost").flatMap((row) => quotedIn(row.split("|")[1] ?? ""));
  expect(said.toSorted()).toEqual([...new Set(sent)].toSorted());
});

const exampleUsage = { input: 1, cacheRead: 2, cacheWrite: null, output: 5, reasoning: 4 };

test("the specification has the level of every ending", () => {
  const rows = rowsOf("Levels").map((row) => row.split("|").map((cell) => cell.trim()));
  for (const status of ["ok", "suspended", "cancelled", "abandoned", "open", "error"] as const) {
    const [observation] = observationsOf(exampleSpan({ status }), { content: null });
    const [, , level = ""] = rows.find(([, cell = ""]) => quotedIn(cell).includes(status)) ?? [];
    expect([status, quotedIn(level)[0]]).toEqual([status, observation?.level]);
  }
});
