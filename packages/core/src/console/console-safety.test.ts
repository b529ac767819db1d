import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContentReader } from "../journal/content.ts";
import { arbitraryEvent } from "../schema/arbitrary-event.ts";
import { consoleExporter } from "./console-exporter.ts";
import { type Fact, seenAfter } from "./example-session.ts";

const columns = (line: string): number =>
  [...new Intl.Segmenter().segment(line)].reduce(
    (sum, { segment }) => sum + (/[世界👍]/u.test(segment) ? 2 : 1),
    0,
  );

describe("whatever an agent says", () => {
  const long = `\u001b[2J\u202e${"wörter 世界 👍🏽 ".repeat(40)}`;
  const facts: readonly Fact[] = [
    { type: "turn.started", key: "turn", name: long.slice(0, 190), second: 0 },
    ...Array.from({ length: 40 }, (_, depth): Fact => ({
      type: "work.started",
      kind: "step",
      key: `${depth}`,
      parent: depth === 0 ? "turn" : `${depth - 1}`,
      name: "a step with a rather long name, said at length",
      second: 1,
    })),
    { type: "interrupt.raised", on: "39", mark: "i", payload: long, second: 2 },
    {
      type: "turn.ended",
      key: "turn",
      outcome: { status: "error", errorType: "Error" },
      detail: long,
      second: 3,
    },
  ];

  test("no line is wider than 110 columns", async () => {
    const lines = await seenAfter(facts);
    expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(110);
    expect(Math.max(...lines.map(columns))).toBeGreaterThan(100);
  });

  test("nothing of it can move the cursor, start a line or turn the direction of reading", async () => {
    for (const line of await seenAfter(facts)) expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

test("any events, in any order and from anywhere, are whole and safe lines", async () => {
  const content: ContentReader = {
    read: (held) => ({ kind: "value", value: [JSON.stringify(held)] }),
    sizeOf: () => 0,
    messages: () => null,
  };
  const context = { signal: new AbortController().signal, content };
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryEvent()), async (events) => {
      const lines: string[] = [];
      const write = (line: string): void => void lines.push(line);
      await consoleExporter({ write, color: false }).export(events, context);
      for (const line of lines) expect(line).toMatch(/^[^\p{Cc}\u202a-\u202e]+\n$/u);
    }),
  );
});
