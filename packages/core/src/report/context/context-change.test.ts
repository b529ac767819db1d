import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../vocabulary/json.ts";
import { type Story, story } from "../drafts.fixture.ts";
import { recordedSession } from "../hand-recorded.fixture.ts";
import type { ContextChange } from "./context-change.ts";
import { contextsOf } from "./contexts.ts";
import type { MessageChange } from "./message-changes.ts";
import type { CallAddress } from "./model-calls.ts";
import { textChange, type TextChange } from "../text/text-change.ts";

function changeIn({ drafts }: Story, address: CallAddress): ContextChange {
  const { view, content } = recordedSession(drafts);
  const change = contextsOf(view, content).change(address);
  if (!change) throw new Error("expected a call there");
  return change;
}

/** Two turns, whose models were sent these. */
function sent(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  instructions: readonly [string, string] = ["be kind", "be kind"],
): Story {
  const told = story();
  for (const [turn, messages] of [before, after].entries()) {
    told.turn(`t${turn}`, "go");
    told.call(`m${turn}`, `t${turn}`, "done", {
      context: { instructions: instructions[turn] ?? "", messages },
    });
    told.endTurn(`t${turn}`);
  }
  return told;
}

const message = fc.record({
  role: fc.constantFrom("user", "assistant"),
  content: fc.constantFrom("one", "two", "three\nfour", "three\nfive"),
});
const messages = fc.array(message, { maxLength: 8 });

test("the change applied to the messages before gives the messages now", () => {
  fc.assert(
    fc.property(messages, messages, (before, after) => {
      const { messages: changes } = changeIn(sent(before, after), { turn: 1 });
      expect(after.length === 0 ? [] : applied(changes ?? [], before)).toEqual(after);
    }),
  );
});

function applied(
  changes: readonly MessageChange[],
  before: readonly JsonValue[],
): readonly JsonValue[] {
  return changes.flatMap((change): readonly JsonValue[] => {
    if (change.change === "kept") return before.slice(change.before, change.before + change.count);
    if (change.change === "added") return [change.message.value];
    return change.change === "replaced" ? [change.after.value] : [];
  });
}

test("between equal contexts nothing changed", () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 8 }), (same) => {
      const change = changeIn(sent(same, same), { turn: 1 });
      expect(change.instructions.change).toBe("same");
      expect(change.tools.change).toBe("none");
      expect(change.messages).toEqual([
        { change: "kept", before: 0, after: 0, count: same.length },
      ]);
    }),
  );
});

test("of a text that was edited, what is kept and cut was there before, what is kept and added is there now", () => {
  const text = fc
    .array(fc.constantFrom("let x = 1;", "let x = 2;", "", "  return x;"), { maxLength: 8 })
    .map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const change = textChange(before, after);
      expect(sideOf(change, "added")).toBe(before);
      expect(sideOf(change, "cut")).toBe(after);
    }),
  );
});

function sideOf({ lines }: TextChange, without: "cut" | "added"): string {
  return lines
    .flatMap((line): readonly string[] => {
      if (line.change !== "edited") return line.change === without ? [] : [line.text];
      return [
        line.words.flatMap(({ change, text }) => (change === without ? [] : [text])).join(""),
      ];
    })
    .join("\n");
}

const block = (kept: boolean): JsonValue => [{ type: "text", text: "one", kept }];

test("what differs in more than its words is told by its JSON", () => {
  expect(textChange(block(true), block(false)).lines).toMatchObject([{ change: "edited" }]);
});

test("a message that was edited is replaced, word by word in the lines that are alike", () => {
  const [before, after] = ["keep\nlet x = 1;", "keep\nlet x = 2;"].map((content) => ({
    role: "user",
    content,
  }));
  const { messages: changes } = changeIn(sent([before ?? null], [after ?? null]), { turn: 1 });
  expect(changes).toMatchObject([
    {
      change: "replaced",
      before: { index: 0 },
      after: { index: 0 },
      text: {
        compared: "line by line",
        lines: [
          { change: "kept", text: "keep" },
          {
            change: "edited",
            words: [
              { change: "kept", text: "let x = " },
              { change: "cut", text: "1" },
              { change: "added", text: "2" },
              { change: "kept", text: ";" },
            ],
          },
        ],
      },
    },
  ]);
});

const said = (content: string): JsonValue => ({ role: "user", content });

test("after a compaction that keeps the last messages, those are kept, and no earlier ones that say the same", () => {
  const look = { role: "assistant", content: "Let me look." };
  const before = [said("go"), ...["a", "b", "c"].flatMap((result) => [look, said(result)])];
  const after = [said("what was said until now"), look, said("c"), look, said("another question")];
  const { messages: changes } = changeIn(sent(before, after), { turn: 1 });
  expect(changes?.filter(({ change }) => change === "kept")).toEqual([
    { change: "kept", before: 5, after: 1, count: 2 },
  ]);
  expect(changes?.filter(({ change }) => change === "replaced")).toEqual([]);
});

test("what two spans said, however alike, is two messages and no edited one", () => {
  const told = story();
  told.turn("t0", "say one");
  told.call("m0", "t0", "It is one, as far as I can tell");
  told.turn("t1", "/compact");
  told.compaction("c", "t1", "a summary");
  told.turn("t2", "say two");
  told.call("m1", "t2", "It is two, as far as I can tell");
  told.call("m2", "t2", "done");
  const { messages: changes } = changeIn(told, { turn: 2 });
  expect(changes?.map(({ change }) => change)).not.toContain("replaced");
});

test("instructions that changed are told line by line", () => {
  const told = sent([], ["hello"], ["be kind\nbe brief", "be kind"]);
  expect(changeIn(told, { turn: 1 }).instructions).toMatchObject({
    change: "changed",
    bytes: [19, 9],
    text: {
      lines: [
        { change: "kept", text: "be kind" },
        { change: "cut", text: "be brief" },
      ],
    },
  });
});

describe("what it is held against", () => {
  const told = story();
  told.turn("t0", "one");
  told.call("m0", "t0", "first");
  told.tool("toolu_0", "t0", "m0", { name: "Read", input: {}, output: "A" });
  told.call("m1", "t0", "second");
  told.endTurn("t0");
  told.turn("t1", "/compact");
  told.compaction("c", "t1", "a summary");
  told.endTurn("t1");
  told.turn("t2", "two");
  told.call("m2", "t2", "third");
  told.call("m3", "t2", "fourth");

  test("is the last call of a turn before", () => {
    const { before, call } = changeIn(told, { turn: 2 });
    expect([before, call]).toMatchObject([
      { turn: 0, call: 2 },
      { turn: 2, call: 2 },
    ]);
  });

  test("is the call right before, where a call is named", () => {
    expect(changeIn(told, { turn: 2, call: 2 }).before).toMatchObject({ turn: 2, call: 1 });
    expect(changeIn(told, { turn: 2, call: 1 }).before).toMatchObject({ turn: 0, call: 2 });
  });

  test("is nothing at the beginning: then all of it is new", () => {
    const change = changeIn(told, { turn: 0, call: 1 });
    expect(change.before).toBe(null);
    expect(change.messages).toMatchObject([{ change: "added", message: { value: "one" } }]);
  });

  test("a compaction between the two is named, and what it replaced is cut", () => {
    const { compactions, messages: changes } = changeIn(told, { turn: 2, call: 1 });
    expect(compactions).toMatchObject([{ turn: 1 }]);
    expect(changes?.map(({ change }) => change)).toEqual(["cut", "cut", "cut", "added", "added"]);
    expect(changeIn(told, { turn: 2, call: 2 }).compactions).toEqual([]);
  });
});

const long = (name: string): string =>
  Array.from({ length: 40_000 }, (_, index) => `${name} ${index} of many lines`).join("\n");

test("two long texts that have nothing in common are told as a whole", () => {
  const change = textChange(long("old"), long("new"));
  expect(change.compared).toBe("as a whole");
  expect(change.lines).toHaveLength(80_000);
});
