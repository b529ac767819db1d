import { describe, expect, test } from "vitest";
import type { ContentReader } from "../../journal/content.ts";
import type { ContextDifference, EventId, Held } from "../../vocabulary/event.ts";
import { type ContextTold, contextTold, wholeUpTo } from "./context-told.ts";
import type { ContextMode } from "./encoding.ts";
import { exampleContent, held } from "./example-span.ts";

const earlier = ["one", "two"].map((said) => held({ role: "user", content: said }));
const added = held({ role: "user", content: "three" });
const tools = held([{ type: "function", name: "f", description: "does it", parameters: {} }]);

const goingOn: ContextDifference = {
  from: "e0" as EventId,
  keep: 2,
  cut: 1,
  count: 3,
  add: [added],
  instructions: held("be kind"),
  tools,
};

const remembering = (before: readonly Held[] | null): ContentReader => ({
  ...exampleContent,
  messages: ({ from, add }) => {
    if (typeof add === "string") return null;
    return from === null ? add : before && [...before, ...add];
  },
});

const told = (
  mode: ContextMode,
  context: ContextDifference = goingOn,
  before: readonly Held[] | null = earlier,
): ContextTold => contextTold(context, remembering(before), mode);

const words = ({ messages }: ContextTold): readonly unknown[] =>
  messages.map(({ parts }) => parts[0]?.["content"]);

const long = (length: number): Held => held({ role: "user", content: "x".repeat(length) });

describe("of a call that goes on from another", () => {
  test("`full` tells all that it was sent", () => {
    expect(words(told("full"))).toEqual(["one", "two", "three"]);
    expect(told("full")).toMatchObject({
      earlier: null,
      tools: [{ name: "f", description: "does it" }],
    });
  });

  test("`delta` tells what was added, how many went before, and on which call they are told", () => {
    expect(words(told("delta"))).toEqual(["[2 earlier messages]", "three"]);
    expect(told("delta").earlier).toEqual({ from: "e0", kept: 2, cut: 1 });
  });

  test("`delta` tells the instructions, and the tools by name", () => {
    expect(told("delta")).toMatchObject({
      instructions: [{ type: "text", content: "be kind" }],
      tools: [{ type: "function", name: "f" }],
    });
    expect(told("delta").tools[0]).not.toHaveProperty("description");
  });

  test("`auto` tells all of it up to 128 KiB, and beyond that what was added", () => {
    expect(words(told("auto"))).toEqual(["one", "two", "three"]);
    expect(told("auto", goingOn, [long(wholeUpTo - 1_000)]).earlier).toBeNull();
    expect(words(told("auto", goingOn, [long(wholeUpTo / 2), long(wholeUpTo / 2)]))).toEqual([
      "[2 earlier messages]",
      "three",
    ]);
  });

  test("`auto` counts characters: one that JSON escapes is one", () => {
    const escaped = held({ role: "user", content: "\0".repeat(wholeUpTo - 200) });
    expect(told("auto", goingOn, [escaped]).earlier).toBeNull();
  });

  test("`auto` reads nothing of what was said before where its sizes tell that it is too long", () => {
    const read: Held[] = [];
    const content: ContentReader = {
      ...remembering(Array.from({ length: 300 }, () => long(4_096))),
      read(asked) {
        read.push(asked);
        return exampleContent.read(asked);
      },
    };
    expect(contextTold(goingOn, content, "auto").earlier).toEqual({ from: "e0", kept: 2, cut: 1 });
    expect(read).toEqual([goingOn.instructions, tools, added]);
  });

  test.each(["full", "auto"] as const)(
    "of which the beginning is gone, `%s` says so and tells what was added",
    (mode) => {
      const gone = told(mode, goingOn, null);
      expect(words(gone)).toEqual(["[not in this journal]", "three"]);
      expect(gone.earlier).toMatchObject({ kept: 2 });
    },
  );
});

describe.each(["full", "delta", "auto"] as const)("with `%s`", (mode) => {
  test("a context that is said in full is told in full", () => {
    const full = { ...goingOn, from: null, keep: 0, cut: 0, count: 1 };
    expect(words(told(mode, full))).toEqual(["three"]);
    expect(told(mode, full)).toMatchObject({ earlier: null, tools: [{ description: "does it" }] });
  });

  test("a list too long for its entry is told as a whole, or said to be gone", () => {
    const listed = { ...goingOn, add: held([added]) };
    expect(words(told(mode, listed as ContextDifference))).toEqual(["[not in this journal]"]);
  });

  test("what keeps nothing of the call before is whole", () => {
    const compacted = { ...goingOn, keep: 0, cut: 9, count: 1 };
    expect(told(mode, compacted, []).earlier).toBeNull();
  });
});
