import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redactor } from "../redaction/default-redactor.ts";
import * as say from "../testing-kit/drafts.ts";
import { record } from "../testing-kit/recording.ts";
import type { ContentRef } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";

interface Stored {
  readonly value: JsonValue;
  readonly cutFrom?: number;
}

function stored(input: JsonValue, maxContentBytes: number, isRedacted: boolean = true): Stored {
  const { events, journal } = record([say.turn("a", { input })], {
    maxContentBytes,
    ...(isRedacted ? { redact: redactor() } : {}),
  });
  const ref = events[0]?.type === "turn.started" ? events[0].input : undefined;
  const found = journal.reader().find(ref as ContentRef);
  if (!found) throw new Error("expected the value to be stored");
  return found;
}

const bytesOf = (value: JsonValue): number => Buffer.byteLength(JSON.stringify(value));

describe("a value that is too long", () => {
  test("is kept with head and tail, and says how much is gone", () => {
    const text = `head ${"x ".repeat(50_000)} tail`;
    const { value, cutFrom } = stored({ stdout: text, code: 0 }, 10_000);
    const { stdout, code } = value as { readonly stdout: string; readonly code: number };
    expect(stdout).toMatch(/^head x[^]*\[cut: \d+ characters\][^]* tail$/);
    expect(code).toBe(0);
    expect(bytesOf(value)).toBeLessThanOrEqual(10_000);
    expect(cutFrom).toBeGreaterThan(99_000);
    expect(cutFrom).toBeLessThan(101_000);
  });

  test("keeps its short texts whole beside a long one", () => {
    const { value } = stored({ path: "/etc/hosts", content: "y ".repeat(100_000) }, 10_000);
    expect(value).toMatchObject({ path: "/etc/hosts" });
  });

  test("that is long by its many parts becomes head and tail of its own text", () => {
    const { value, cutFrom } = stored(
      Array.from({ length: 20_000 }, (_, index) => index),
      10_000,
    );
    expect(value).toMatch(/^\[0,1,2,[^]*cut: \d+ characters[^]*19999\]$/);
    expect(cutFrom).toBeGreaterThan(100_000);
  });

  test("that is short enough is not cut, to the byte", () => {
    expect(stored("x".repeat(998), 1_000)).not.toHaveProperty("cutFrom");
    expect(stored("x".repeat(999), 1_000)).toHaveProperty("cutFrom");
  });

  const json = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.array(fc.string({ unit: "binary", maxLength: 3_000 }), { maxLength: 8 }),
    fc.dictionary(fc.string(), fc.string({ unit: "grapheme", maxLength: 4_000 }), { maxKeys: 4 }),
  ) as fc.Arbitrary<JsonValue>;

  test.each([true, false])(
    "is never longer than it may be, and whole where nothing says it is cut (redacted: %s)",
    (isRedacted) => {
      fc.assert(
        fc.property(json, fc.integer({ min: 500, max: 8_000 }), (value, most) => {
          const { value: left, cutFrom } = stored(value, most, isRedacted);
          expect(bytesOf(left)).toBeLessThanOrEqual(most);
          if (cutFrom === undefined && !isRedacted)
            expect(JSON.stringify(left)).toBe(JSON.stringify(value));
          if (cutFrom !== undefined) expect(cutFrom).toBeGreaterThan(most);
        }),
        { numRuns: 300 },
      );
    },
  );

  test("leaves nothing that would be found only in what is left", () => {
    const piece = fc.constantFrom(
      '{"password":"hunter2x1","note":"',
      '"token":"abcdefgh1"',
      "password=abc1 ",
      "ada@example.org ",
      "cookie: a=b; c=d\n",
      'x":"',
      "secrets:\n  - a1\n",
      '"credentials":{"a":"b"}',
      "lorem ipsum ",
    );
    const text = fc
      .array(piece, { minLength: 300, maxLength: 400, size: "max" })
      .map((pieces) => pieces.join(""));
    const again = redactor();
    fc.assert(
      fc.property(text, fc.integer({ min: 2_500, max: 4_000 }), (said, most) => {
        const { value, cutFrom } = stored({ said }, most);
        expect(cutFrom).toBeGreaterThan(most);
        expect(again.redact(value, "turn.input")).toEqual(value);
        expect(bytesOf(value)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 300 },
    );
  });

  test("of a hundred megabytes costs what head and tail cost", () => {
    const text = `${"a b ".repeat(25_000_000)}end`;
    const { value, cutFrom } = stored({ text }, 100_000);
    expect(bytesOf(value)).toBeLessThanOrEqual(100_000);
    expect(cutFrom).toBeGreaterThan(100_000_000);
  });
});
