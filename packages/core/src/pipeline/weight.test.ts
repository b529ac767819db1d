import { describe, expect, test } from "vitest";
import { type BookkeepingReader, contentReader } from "../journal/context-book.ts";
import { createRunTree } from "../run-tree/run-tree.ts";
import type { Span } from "../run-tree/span.ts";
import * as say from "../testing-kit/drafts.ts";
import { record } from "../testing-kit/recording.ts";
import { spanWeigher } from "./weight.ts";

const kilobyte = 1_000;

interface Calls {
  readonly calls: readonly Span[];
  readonly reader: BookkeepingReader;
}

/** A model is sent a message more with each call, of a kilobyte each. */
function conversation(length: number): Calls {
  const messages = Array.from({ length }, (_, index) => ({
    role: "user",
    content: `${index}`.padEnd(kilobyte, "x"),
  }));
  const { events, journal } = record([
    say.turn("turn"),
    ...messages.flatMap((_, index) => [
      say.model(`call ${index}`, "turn", { context: { messages: messages.slice(0, index + 1) } }),
      say.ended("model", `call ${index}`),
    ]),
    say.ended("turn", "turn"),
  ]);
  const reader = contentReader(journal.reader());
  const tree = createRunTree();
  for (const event of events) {
    reader.apply(event);
    tree.apply(event);
  }
  const spans = [...tree.settled(Number.POSITIVE_INFINITY)];
  return { calls: spans.filter(({ kind }) => kind === "model"), reader };
}

const kilobytes = (bytes: number): number => Math.round(bytes / (kilobyte + 50));

describe("a model call weighs what it was sent", () => {
  const { calls, reader } = conversation(8);
  const weights = (wholeUpTo?: number): readonly number[] =>
    calls.map((call) => kilobytes(spanWeigher(wholeUpTo).content(call, reader)));

  test("all of it, where all of it goes out", () => {
    expect(weights()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test("what was added, where only that goes out", () => {
    expect(weights(0)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });

  test("all of it up to so many bytes, and what was added beyond them", () => {
    expect(weights(4.5 * kilobyte)).toEqual([1, 2, 3, 4, 1, 1, 1, 1]);
  });

  test("what was added, where the beginning is gone", () => {
    const forgetful = { ...reader, messages: () => null };
    const [, , third] = calls;
    if (!third) throw new Error("expected a third call, received none");
    expect(kilobytes(spanWeigher().content(third, forgetful))).toBe(1);
  });
});
