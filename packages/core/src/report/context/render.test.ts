import * as fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOf } from "../../terminal/columns.ts";
import { type Story, story } from "../drafts.fixture.ts";
import { recordedSession } from "../hand-recorded.fixture.ts";
import type { TextOptions } from "../text/text-options.ts";
import { contextsOf } from "./contexts.ts";
import type { CallAddress } from "./model-calls.ts";
import { renderChange } from "./render-change.ts";
import { renderContext } from "./render-context.ts";

interface Rendered {
  readonly context: readonly string[];
  readonly change: readonly string[];
}

function rendered({ drafts }: Story, address: CallAddress, options: TextOptions = {}): Rendered {
  const { view, content } = recordedSession(drafts);
  const contexts = contextsOf(view, content);
  const [context, change] = [contexts.report(address), contexts.change(address)];
  if (!context || !change) throw new Error("expected a call there");
  const plain = { times: false, ...options };
  return { context: renderContext(context, plain), change: renderChange(change, plain) };
}

const textOf = (lines: readonly string[]): string =>
  `\n${lines.join("\n").replaceAll(/[0-9a-f]{64}|span [0-9a-f]{16}|\b[0-9a-f]{8}\b/g, "#")}\n`;

function recorded(): Story {
  const told = story();
  told.turn("t0", "hello");
  told.call("m0", "t0", "hi", {
    input: 10,
    context: {
      instructions: "be kind\nbe brief",
      messages: [
        { role: "user", content: "hello" },
        { role: "user", content: "one\ntwo is 1" },
      ],
    },
  });
  told.turn("t1", "more");
  told.call("m1", "t1", "hi", {
    input: 20,
    context: {
      instructions: "be kind",
      messages: [
        { role: "user", content: "hello" },
        { role: "user", content: "one\ntwo is 2" },
        { role: "user", content: "more" },
      ],
    },
  });
  return told;
}

test("a recorded request is shown part by part", () => {
  expect(textOf(rendered(recorded(), { turn: 0 }).context)).toBe(`
context 0.1 · call 1 of 1 in turn 0 · small-1 · ok · #
2 messages · 93 B · 10 tokens in · hash #
recorded: the request as it was sent

instructions  19 B  since turn 0  #
  be kind
  be brief

#0 user  33 B  since turn 0  #
  hello

#1 user  41 B  since turn 0  #
  one
  two is 1
`);
});

test("a change is shown by signs: what came, what went, and the words of what was edited", () => {
  expect(textOf(rendered(recorded(), { turn: 1 }).change)).toBe(`
what changed in 1.1 · call 1 of 1 in turn 1 · small-1 · ok · #
against 0.1, the last call of a turn before in this conversation · 10 → 20 tokens in
1 message kept · +1, 32 B · ~1, 41 B

instructions  19 B → 9 B  changed
    be kind
  - be brief

  #0 as before
~ #1 user  41 B  since turn 1  #  was 41 B
    one
  ~ two is [-1-]{+2+}
+ #2 user  32 B  since turn 1  #
+ more
`);
});

test("what it is held against is named for what it is: the last call of a turn before, or the call before", () => {
  const told = recorded();
  told.call("m2", "t1", "hi", { context: { messages: [] } });
  const against = (address: CallAddress): string | undefined =>
    rendered(told, address).change[1]?.split(" \u00B7 ")[0];
  expect(against({ turn: 1 })).toBe(
    "against 0.1, the last call of a turn before in this conversation",
  );
  expect(against({ turn: 1, call: 2 })).toBe(
    "against 1.1, the call before it in this conversation",
  );
  expect(against({ turn: 0, call: 1 })).toMatch(/^no turn before this one is known/);
});

test("what was put together says so before anything else, and what is missing", () => {
  const told = story();
  told.turn("t0", null);
  told.call("m0", "t0", "hi");
  expect(textOf(rendered(told, { turn: 0 }).context)).toBe(`
context 0.1 · call 1 of 1 in turn 0 · small-1 · ok · #
1 message · 0 B · and 1 untold · ? tokens in
reconstructed: nobody recorded the request; this is what is known to have been said since the session began
not in this journal: the system prompt, the tool definitions, what the framework adds by itself, some of what was asked

#0 user  since turn 0  untold
  [nobody recorded what was said here]
`);
});

test("whatever was recorded, no line drives the terminal or is wider than it", () => {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 30, max: 80 }), (before, after, width) => {
      const told = story();
      for (const [turn, content] of [before, after].entries()) {
        told.turn(`t${turn}`, content);
        told.call(`m${turn}`, `t${turn}`, content, {
          context: { instructions: content, messages: [{ role: content, content }] },
        });
      }
      const { context, change } = rendered(told, { turn: 1 }, { width });
      for (const line of [...context, ...change]) {
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(columnsOf(line)).toBeLessThanOrEqual(width);
      }
    }),
  );
});
