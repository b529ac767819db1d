import * as fc from "fast-check";
import { expect, test } from "vitest";
import { jsonIn } from "./json-in.ts";

const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);

test("JSON is what it says, whatever it says", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(jsonIn(text, 256)).toEqual(JSON.parse(text));
    }),
  );
});

test("what is no JSON is none", () => {
  for (const text of ["", "{", "half of {}", "undefined"])
    expect(jsonIn(text, 256)).toBeUndefined();
});

test("what is deeper than asked for is none either, however deep it is", () => {
  expect(jsonIn(nested(256), 256)).toBeDefined();
  for (const levels of [257, 10_000, 100_000]) expect(jsonIn(nested(levels), 256)).toBeUndefined();
});
