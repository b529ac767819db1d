import type { EventDraft, JsonValue } from "@spoor/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endOf, graphRun, nodeRun } from "../example-runs.ts";
import { translateAll } from "../fixtures.ts";
import type { Fields, LangGraphCallback } from "../native.ts";
import { createContent } from "./content.ts";

const human = (id: string): Fields => ({
  $message: "HumanMessage",
  type: "human",
  id,
  content: `<${id}>`,
});
const ai = (id: string): Fields => ({ $message: "AIMessage", type: "ai", id, content: `<${id}>` });
const told = (...ids: readonly string[]) =>
  ids.map((id) => ({ role: id.startsWith("h") ? "user" : "assistant", content: `<${id}>` }));

const page = (id: string): Fields => ({ ...human(id), content: `<${id}>`.padEnd(100_000) });

describe("a list of messages in a state", () => {
  const place = { thread: "t", showsLast: false };

  test("is told without those that the thread has told, which are counted in words", () => {
    const content = createContent();
    const [h1, a1, a2] = [human("h1"), ai("a1"), ai("a2")];
    expect(content.state({ messages: [h1] }, place)).toEqual({ messages: told("h1") });
    expect(content.state({ messages: [h1, a1] }, place)).toEqual({
      messages: ["[1 earlier message]", ...told("a1")],
    });
    expect(content.state({ messages: [h1, a2, a1], plan: [1] }, place)).toEqual({
      messages: ["[2 earlier messages]", ...told("a2")],
      plan: [1],
    });
    expect(content.state({ messages: [h1, a1] }, place)).toEqual({
      messages: ["[2 earlier messages]"],
    });
  });

  test("of a question or an answer ends with its last, told before or not", () => {
    const content = createContent();
    const messages = [human("h1"), ai("a1")];
    content.state({ messages }, place);
    expect(content.state({ messages }, { ...place, showsLast: true })).toEqual({
      messages: ["[1 earlier message]", ...told("a1")],
    });
    expect(content.state([messages[1]], { ...place, showsLast: true })).toEqual(told("a1"));
  });

  test("is told in full to every thread, and again when a message says something else", () => {
    const content = createContent();
    const message = human("h1");
    content.state([message], place);
    expect(content.state([message], { ...place, thread: "u" })).toEqual(told("h1"));
    expect(content.state([{ ...message, content: "other" }], place)).toEqual([
      { role: "user", content: "other" },
    ]);
  });

  test("that is longer than a value may be is told from its end, and the rest when it comes again", () => {
    const content = createContent();
    const messages = ["h1", "h2", "h3", "h4", "h5"].map(page);
    const said = () => JSON.stringify(content.state(messages, place)).replaceAll(/ {2,}/g, "");
    expect(said()).toMatch(/^\["\[3 messages not told here\]",.*<h4>.*<h5>/);
    expect(said()).toMatch(
      /^\["\[2 earlier messages\]","\[1 message not told here\]",.*<h2>.*<h3>/,
    );
    expect(said()).toMatch(/^\["\[4 earlier messages\]",.*<h1>/);
    expect(said()).toBe('["[5 earlier messages]"]');
  });

  test("of an answer is told without what is left over from before", () => {
    const content = createContent();
    const messages = ["h1", "h2", "h3", "h4", "h5"].map(page);
    content.state(messages, place);
    const answer = [...messages, ai("a1"), ai("a2")];
    const shown = content.state(answer, { ...place, showsLast: true }) as JsonValue[];
    expect(shown.slice(0, 2)).toEqual(["[2 earlier messages]", "[3 messages not told here]"]);
    expect(shown.slice(2)).toEqual(told("a1", "a2"));
  });

  test("tells one message that is longer than a value may be alone", () => {
    const content = createContent();
    const book = { ...human("h1"), content: "x".repeat(2_000_000) };
    expect(content.state([book, human("h2")], place)).toEqual([
      "[1 message not told here]",
      ...told("h2"),
    ]);
    expect(content.state([book, human("h2")], place)).toEqual([
      "[1 earlier message]",
      { role: "user", content: book.content },
    ]);
  });

  test("is told where what else is in the state cannot be read", () => {
    const state = Object.defineProperty({ messages: [human("h1")] }, "secret", {
      enumerable: true,
      get: () => {
        throw new Error("no");
      },
    });
    expect(createContent().state(state, place)).toEqual({
      messages: told("h1"),
      secret: "[getter threw]",
    });
  });

  test("that holds anything else is told as it is", () => {
    const content = createContent();
    const mixed = [human("h1"), "plain"];
    content.state(mixed, place);
    expect(content.state(mixed, place)).toEqual([...told("h1"), "plain"]);
    expect(content.state({ messages: [] }, place)).toEqual({ messages: [] });
  });
});

/** A graph of one node that answers once a step, and is given all that was said each time. */
function* conversation(turns: number, steps: number, copy: Copy): Generator<LangGraphCallback> {
  const messages: Fields[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const graph = `g${turn}`;
    const asked = human(`h${turn}`);
    messages.push(asked);
    yield graphRun(graph, { inputs: { messages: [asked] } });
    for (let step = 0; step < steps; step += 1) {
      const node = `${graph}n${step}`;
      yield { ...nodeRun(node, graph), inputs: { messages: copy(messages) } };
      const answer = ai(`a${turn}.${step}`);
      messages.push(answer);
      yield endOf(node, { messages: copy([answer]) });
    }
    yield endOf(graph, { messages: copy(messages) });
  }
}

const statesOf = (drafts: readonly EventDraft[]): string => JSON.stringify(drafts);

type Copy = (messages: readonly Fields[]) => readonly Fields[];
const asThemselves: Copy = (messages) => [...messages];
const asCopies: Copy = (messages) => structuredClone([...messages]);
const copying = fc.constantFrom(asThemselves, asCopies);

test("is told once inside of commands, too", () => {
  const content = createContent();
  const place = { thread: "t", showsLast: false };
  const command = { lg_name: "Command", update: { messages: [human("h1")] }, goto: "next" };
  content.state([command], place);
  expect(content.state([command, command], place)).toEqual(
    [command, command].map(() => ({
      update: { messages: ["[1 earlier message]"] },
      goto: "next",
    })),
  );
});

test("however long a thread is, each of its messages is told a fixed number of times", () => {
  const few = fc.integer({ min: 1, max: 8 });
  fc.assert(
    fc.property(few, few, copying, (turns, steps, copy) => {
      const text = statesOf(translateAll([...conversation(turns, steps, copy)]));
      const said = [...text.matchAll(/<[ah][\d.]+>/g)].map(([id]) => id);
      const times = Map.groupBy(said, (id) => id);
      expect(times.size).toBe(turns * (steps + 1));
      for (const [id, all] of times) {
        const isAnswer = id.endsWith(`.${steps - 1}>`);
        expect(all.length).toBe(id.startsWith("<h") ? 2 : isAnswer ? 3 : 1);
      }
    }),
  );
});

test.each([
  ["steps", (factor: number) => [1, 40 * factor] as const],
  ["turns", (factor: number) => [40 * factor, 1] as const],
])("twice the %s are told in twice the bytes", (_what, sizes) => {
  const bytes = (factor: number): number => {
    const [turns, steps] = sizes(factor);
    return statesOf(translateAll([...conversation(turns, steps, asCopies)])).length;
  };
  expect(bytes(8) / bytes(4)).toBeLessThan(2.05);
});
