import type { JsonValue } from "@spoor/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createContent } from "./content.ts";

const place = { thread: "t", showsLast: false };
const answer = { ...place, showsLast: true };
const long = (text: string): string => text.padEnd(600, ".");
const says = (text: string): JsonValue => ({ role: "user", content: long(text) });

describe("a list in a state that goes on from one that was told", () => {
  test("is told without its beginning, in whatever copy it comes", () => {
    const content = createContent();
    const history = [says("a"), says("b")];
    expect(content.state({ history }, place)).toEqual({ history });
    const next = structuredClone([...history, says("c")]);
    expect(content.state({ history: next }, place)).toEqual({
      history: ["[2 earlier messages]", says("c")],
    });
    expect(content.state({ history: next }, place)).toEqual({
      history: ["[3 earlier messages]"],
    });
  });

  test("ends with its last where it is a question or an answer", () => {
    const content = createContent();
    const history = [says("a"), says("b"), says("c")];
    content.state({ history }, place);
    expect(content.state({ history }, answer)).toEqual({
      history: ["[2 earlier messages]", says("c")],
    });
  });

  test("may hold anything", () => {
    const content = createContent();
    const log = [long("a"), long("b")];
    content.state({ log }, place);
    expect(content.state({ log: [...log, "c"] }, place)).toEqual({
      log: ["[2 earlier items]", "c"],
    });
  });

  test("is told in full to every thread, and where its beginning is another or is short", () => {
    const content = createContent();
    const log = [long("a"), long("b")];
    content.state({ log, steps: ["x"] }, place);
    expect(content.state({ log }, { ...place, thread: "u" })).toEqual({ log });
    const other = [long("z"), ...log];
    expect(content.state({ log: other }, place)).toEqual({ log: other });
    expect(content.state({ steps: ["x", "y"] }, place)).toEqual({ steps: ["x", "y"] });
  });

  test("is known beside others, and after changes that nodes say of it", () => {
    const content = createContent();
    const [left, right] = [
      [long("l1"), long("l2")],
      [long("r1"), long("r2")],
    ];
    content.state({ left, right }, place);
    content.state({ left: [long("l3"), long("l4")] }, place);
    expect(content.state({ left, right }, place)).toEqual({
      left: ["[2 earlier items]"],
      right: ["[2 earlier items]"],
    });
  });

  test("is known by what it says, not by what it is", () => {
    const content = createContent();
    const history = [{ text: long("a") }, { text: long("b") }];
    content.state({ history }, place);
    Object.assign(history[1] ?? {}, { text: long("changed") });
    expect(content.state({ history }, place)).toEqual({ history });
  });
});

test("a list that is longer than a value may be is told from its beginning, and the rest when it comes again", () => {
  const content = createContent();
  const pages = ["a", "b", "c", "d", "e"].map((text) => text.padEnd(100_000));
  const said = () => JSON.stringify(content.state(pages, place)).replaceAll(/ {2,}/g, "");
  expect(said()).toBe('["a","b","[3 items not told here]"]');
  expect(said()).toBe('["[2 earlier items]","c","d","[1 item not told here]"]');
  expect(said()).toBe('["[4 earlier items]","e"]');
  expect(said()).toBe('["[5 earlier items]"]');
});

test("of a longer list that is a question or an answer, only the last is told", () => {
  const content = createContent();
  const pages = ["a", "b", "c", "d", "e"].map((text) => text.padEnd(100_000));
  content.state(pages, place);
  const [earlier, leftOut, ...last] = content.state([...pages, "f"], answer) as JsonValue[];
  expect([earlier, leftOut, last]).toEqual(["[2 earlier items]", "[3 items not told here]", ["f"]]);
});

test("however long a history grows, each of its messages is told a fixed number of times", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(lengths, (news) => {
      const content = createContent();
      const history: JsonValue[] = [];
      const told = news.map((count) => {
        for (let more = 0; more < count; more += 1)
          history.push({ role: "user", content: `<${history.length}>`.padEnd(1_100) });
        return content.state({ history: structuredClone(history) }, place);
      });
      const all = [...JSON.stringify(told).matchAll(/<(\d+)>/g)].map(([, name]) => Number(name));
      expect(all).toEqual(history.map((_, index) => index));
    }),
  );
});
