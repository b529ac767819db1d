import * as fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOf } from "../../terminal/columns.ts";
import { everyCall } from "../prices.fixture.ts";
import { type Story, story } from "../drafts.fixture.ts";
import { recordedSession } from "../hand-recorded.fixture.ts";
import type { TextOptions } from "../text/text-options.ts";
import { renderTurn } from "./render-turn.ts";
import { turnInFull } from "./turn-in-full.ts";

function linesOf({ drafts }: Story, options: TextOptions = {}): readonly string[] {
  const { view, content } = recordedSession(drafts);
  const turn = turnInFull(view, content, 0, {
    cost: everyCall(0.01),
  });
  if (!turn) throw new Error("expected a turn");
  return renderTurn(turn, { times: false, ...options });
}

const textOf = (lines: readonly string[]): string => `\n${lines.join("\n")}\n`;

test("a turn in full is its tree with everything that was said, asked and returned, each thing once", () => {
  const told = story();
  told.turn("t", "Mend it.\nPlease.");
  told.call(
    "m0",
    "t",
    [
      { type: "text", text: "I look" },
      { type: "tool_use", id: "toolu_0", name: "Read", input: { path: "a" } },
    ],
    { input: 10 },
  );
  told.tool("toolu_0", "t", "m0", { name: "Read", input: { path: "a" }, output: "one\ntwo" });
  told.message("echo", "t", [{ type: "text", text: "Mend it.\nPlease." }]);
  told.message("more", "t", "And quickly");
  told.tool("toolu_1", "t", "m0", {
    name: "Bash",
    input: { command: "ls" },
    error: "no such file",
  });
  told.call("m1", "t", "Done", { input: 20 });
  told.endTurn("t", "Done");
  expect(textOf(linesOf(told))).toBe(`
turn 0            ok     30 in  2 out  $0.0200
│  » Mend it.
│    Please.
├─ model small-1  ok     10 in  1 out  $0.0100
│     « I look
│       → Read toolu_0
├─ tool Read      ok
│     » {"path":"a"}
│     « one
│       two
│  · message.received  user
│    » And quickly
├─ tool Bash      error                         ENOENT: no such file
│     » {"command":"ls"}
│     ! no such file
╰─ model small-1  ok     20 in  1 out  $0.0100
      « Done
`);
});

test("texts are wrapped to the terminal, and nothing of them drives it", () => {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 120 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 40, max: 90 }), (input, output, width) => {
      const told = story();
      told.turn("t", input);
      told.call("m", "t", output);
      told.endTurn("t", input);
      for (const line of linesOf(told, { width })) {
        expect(columnsOf(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      }
    }),
  );
});

test("where only so many lines of a text are wanted, it says how much is left out", () => {
  const told = story();
  told.turn("t", "one\ntwo\nthree");
  expect(linesOf(told, { lines: 1 }).slice(1)).toEqual(["   » one", "     … 9 more characters"]);
});

test("a turn that is not there is none", () => {
  const told = story();
  told.turn("t", "hello");
  const { view, content } = recordedSession(told.drafts);
  expect(turnInFull(view, content, 1)).toBe(null);
});
