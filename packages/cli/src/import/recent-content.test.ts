import { type ContentReader, type ContentRef, memoryJournal } from "@spoor/core";
import { expect, test } from "vitest";
import { withRecentContent } from "./recent-content.ts";

const elsewhere: ContentReader = {
  read: () => ({ kind: "missing" }),
  sizeOf: () => 0,
  messages: () => null,
};
const ref = "a".repeat(64) as ContentRef;

test("what was stored just now is read as it was stored, and lies in the journal", () => {
  const inner = memoryJournal();
  const { journal, content } = withRecentContent(inner, elsewhere);
  expect(journal.store("s", ref, '{"a":1}')).toBe(true);
  expect(content.read(ref)).toEqual({ kind: "value", value: { a: 1 } });
  expect(inner.reader().find(ref)).toMatchObject({ value: { a: 1 } });
});

test("what is long, was cut, or is forgotten is asked for where it lies", () => {
  const { journal, content, forget } = withRecentContent(memoryJournal(), elsewhere);
  journal.store("s", ref, JSON.stringify("x".repeat(5_000)));
  expect(content.read(ref)).toEqual({ kind: "missing" });
  journal.store("s", ref, '"head"', 5_000_000);
  expect(content.read(ref)).toEqual({ kind: "missing" });
  journal.store("s", ref, '"short"');
  forget();
  expect(content.read(ref)).toEqual({ kind: "missing" });
  expect(content.read({ withheld: "policy" })).toEqual({ kind: "missing" });
});
