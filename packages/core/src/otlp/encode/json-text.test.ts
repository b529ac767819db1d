import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../../vocabulary/json.ts";
import { jsonText } from "./json-text.ts";

test("half a surrogate pair is no escape that other languages fail on, in values and in names", () => {
  expect(jsonText({ "half \udc00": ["half \ud83d", "whole \ud83d\ude00"] })).toBe(
    '{"half \uFFFD":["half \uFFFD","whole \ud83d\ude00"]}',
  );
});

test("what only looks like such an escape stays as it was said", () => {
  for (const said of [String.raw`\ud83d`, String.raw`\\ud83d`, "\\"])
    expect(JSON.parse(jsonText(said))).toBe(said);
});

test("any other value is the JSON that it was", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonText(value as JsonValue)).toBe(JSON.stringify(value));
    }),
  );
});
