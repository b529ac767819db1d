import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { text } from "../wire/key-value.ts";
import { fitting, fittingText } from "./fitting.ts";
import { problemsInMessages } from "./messages/schema.fixture.ts";
import { attributesIn } from "./read-back.ts";

const most = 1_000;
const spoken = (content: string): object => ({ role: "user", parts: [{ type: "text", content }] });

describe("a text that is too long", () => {
  test("ends with words on how long it was", () => {
    const short = fittingText("x".repeat(5_000), most);
    expect(short).toMatch(/^x+ \[cut from 5000 characters\]$/);
    expect(short).toHaveLength(most);
  });

  test("is cut between two characters, not in one", () => {
    for (const limit of [256, 257, 258])
      expect(fittingText("é".repeat(1_000), limit)).toMatch(/^é+ \[cut/);
  });

  test("that is JSON stays the same JSON, with shorter texts in it", () => {
    const said = JSON.stringify({ n: 1, page: "x".repeat(5_000), list: ["y"] });
    expect(JSON.parse(fittingText(said, most))).toMatchObject({
      n: 1,
      page: expect.stringMatching(/^x+ \[cut from 5000 characters\]$/),
      list: ["y"],
    });
  });

  test("that is a conversation keeps its last messages, and says how many went before", () => {
    const said = JSON.stringify(Array.from({ length: 100 }, (_, index) => spoken(`m${index}`)));
    const kept = JSON.parse(fittingText(said, most)) as { parts: { content: string }[] }[];
    expect(kept[0]?.parts[0]?.content).toBe(`[${101 - kept.length} earlier messages]`);
    expect(kept.at(-1)).toEqual(spoken("m99"));
    expect(kept.length).toBeGreaterThan(10);
  });

  test("that is JSON deeper than can be written again is cut like any other text", () => {
    const said = "[".repeat(10_000) + "]".repeat(10_000);
    expect(fittingText(said, most)).toMatch(/^\[+ \[cut from 20000 characters\]$/);
  });

  test("of which nothing can be left is words", () => {
    const said = JSON.stringify(Array.from({ length: 5_000 }, (_, index) => index));
    expect(fittingText(said, most)).toBe(`"[cut from ${said.length} bytes]"`);
  });
});

test("which attributes were shortened stands beside them, and what fits is as it was", () => {
  const attributes = [...text("long", "é".repeat(600)), ...text("short", "x")];
  expect(attributesIn(fitting(attributes, most))).toMatchObject({
    short: "x",
    "spoor.cut": ["long"],
  });
  expect(fitting(attributes, 1_200)).toBe(attributes);
});

test("whatever was said, it fits, is well-formed, and is JSON where it was", () => {
  const content = fc.string({ unit: "binary", maxLength: 500 });
  const messages = fc.array(fc.string({ maxLength: 300 }).map(spoken), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(
      fc.oneof(fc.jsonValue(), messages, content),
      fc.integer({ min: 256, max: 1_500 }),
      (value, limit) => {
        const said = JSON.stringify(value).toWellFormed();
        const short = fittingText(said, limit);
        expect(Buffer.byteLength(short)).toBeLessThanOrEqual(limit);
        expect(short.isWellFormed()).toBe(true);
        const read: unknown = JSON.parse(short);
        if (Array.isArray(value) && problemsInMessages(value).length === 0)
          expect(problemsInMessages(read)).toEqual([]);
      },
    ),
  );
});
