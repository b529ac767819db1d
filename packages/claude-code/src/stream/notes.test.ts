import { expect, test } from "vitest";
import { claudeCode } from "./adapter.ts";
import { init, system } from "./example-lines.ts";
import { draftsOf, ofType } from "../fixtures.ts";

const noise = (uuid: string) => system("thinking_tokens", uuid, { estimated_tokens: 8 });

test("a line without a word here is kept, on the turn if there is one", () => {
  expect(ofType(draftsOf([noise("n1"), init(), noise("n2")]), "native.noted")).toMatchObject([
    { on: null, mark: "n1", name: "system.thinking_tokens", native: { estimated_tokens: 8 } },
    { on: "turn@init", mark: "n2" },
  ]);
});

test("lines without an id of their own are told apart by a count", () => {
  const alive = { type: "keep_alive" };
  const marks = ofType(draftsOf([init(), alive, alive]), "native.noted").map(({ mark }) => mark);
  expect(marks).toEqual(["init#2", "init#3"]);
});

test("a line that no session can be told of says nothing", () => {
  expect(draftsOf([{ type: "keep_alive" }])).toEqual([]);
});

test("only kinds that nobody has taught the adapter are unknown to it, and kept all the same", () => {
  const strange = system("brand_new", "n1");
  expect(claudeCode.knows(strange)).toBe(false);
  expect(claudeCode.knows({ type: "brand_new" })).toBe(false);
  expect(claudeCode.knows(system("hook_progress", "n2"))).toBe(true);
  expect(ofType(draftsOf([strange]), "native.noted")).toMatchObject([{ name: "system.brand_new" }]);
});
