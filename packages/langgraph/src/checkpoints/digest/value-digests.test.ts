import { HumanMessage } from "@langchain/core/messages";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { digestOf, ValueDigests } from "./value-digests.ts";

type Change = {
  readonly kind: "append" | "cut" | "replace" | "insert" | "fork";
  readonly at: number;
};
const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("append", "append", "append", "cut", "replace", "insert", "fork"),
  at: fc.nat(30),
});

test("a list that grows, is cut, edited or forked has the digest that it has from nothing", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const digests = new ValueDigests();
      let made = 0;
      const item = (): unknown => ({ made: (made += 1) });
      let list: readonly unknown[] = [];
      const seen: (readonly unknown[])[] = [list];
      for (const { kind, at } of changes) {
        list = changed(list, kind, at, item, seen);
        seen.push(list);
        expect(digests.of(list, "list")).toBe(digestOf(list));
      }
    }),
  );
});

function changed(
  list: readonly unknown[],
  kind: Change["kind"],
  at: number,
  item: () => unknown,
  seen: readonly (readonly unknown[])[],
): readonly unknown[] {
  const place = list.length === 0 ? 0 : at % list.length;
  switch (kind) {
    case "append":
      return [...list, ...Array.from({ length: at % 4 }, item)];
    case "cut":
      return list.slice(0, place);
    case "replace":
      return list.length === 0 ? list : list.with(place, item());
    case "insert":
      return list.toSpliced(place, 0, item());
    case "fork":
      return seen[at % seen.length] ?? list;
    default:
      return kind satisfies never;
  }
}

test("of a long list only what is new is read, and the last few again", () => {
  let read = 0;
  const item = (): object => ({ toJSON: () => (read += 1) && "item" });
  const digests = new ValueDigests();
  const thousand = Array.from({ length: 1_000 }, item);
  digests.of(thousand, "list");
  read = 0;
  digests.of([...thousand, item()], "list");
  expect(read).toBeLessThanOrEqual(5);
});

test("what an agent changes in place at the end of a list is seen", () => {
  const digests = new ValueDigests();
  const messages = Array.from({ length: 20 }, (_, index) => new HumanMessage(`message ${index}`));
  const before = digests.of(messages, "messages");
  const last = messages.at(-1);
  if (last) last.content = "another";
  const after = digests.of([...messages], "messages");
  expect(after).not.toBe(before);
  expect(after).toBe(digestOf(messages));
});

test("a list and the same items as a text, an empty list and none are told apart", () => {
  const all = [[], [[]], [""], [null], null, "", {}, [1, 2], [[1, 2]], ["1", "2"], "[1,2]"];
  expect(new Set(all.map(digestOf)).size).toBe(all.length);
});
