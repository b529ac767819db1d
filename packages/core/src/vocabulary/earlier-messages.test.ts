import * as fc from "fast-check";
import { expect, test } from "vitest";
import { countOfEarlier, earlierMessages } from "./earlier-messages.ts";

test("words that stand for earlier messages say how many, to people and to programs", () => {
  expect([1, 4].map(earlierMessages)).toEqual(["[1 earlier message]", "[4 earlier messages]"]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e14 }), (count) => {
      expect(countOfEarlier(earlierMessages(count))).toBe(count);
    }),
  );
});

test.each(["4 earlier messages", "[4 earlier messages] hi", "[some earlier messages]", 4, null])(
  "%j stands for none",
  (item) => {
    expect(countOfEarlier(item)).toBeNull();
  },
);

test("nor does a message that says them", () => {
  expect(countOfEarlier({ role: "user", content: earlierMessages(4) })).toBeNull();
});
