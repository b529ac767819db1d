import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createContent } from "./content.ts";

/** Few words, so that what changes often says in part the same. */
const word = fc.constantFrom("", "yes", "no");
const value = fc.constantFrom<unknown>("yes", 1, null, undefined, ["yes"], ["no"], { deep: [1] });
const call = fc.record(
  {
    id: fc.constant("c1"),
    name: fc.constant("add"),
    error: fc.constant("no JSON"),
    args: fc.oneof(fc.constant({}), fc.dictionary(word, value, { maxKeys: 1 })),
  },
  { requiredKeys: ["id", "args"] },
);
const calls = fc.array(call, { maxLength: 2 });

/** All of a message that can be changed in place. */
const said = fc.record(
  {
    id: word,
    name: word,
    status: fc.constantFrom("error", "success"),
    content: fc.oneof(word, fc.constant([{ type: "text", text: "yes" }])),
    tool_call_id: word,
    tool_calls: calls,
    invalid_tool_calls: calls,
    additional_kwargs: fc.record({ reasoning_content: word }),
  },
  { requiredKeys: ["content"] },
);

test("a message that was changed in place reads as one that was never read before", () => {
  fc.assert(
    fc.property(fc.array(said, { minLength: 2, maxLength: 4 }), (changes) => {
      const content = createContent();
      const message: Record<string, unknown> = { $message: "AIMessage", type: "ai" };
      for (const change of changes) {
        for (const name of Object.keys(message))
          if (name !== "$message" && name !== "type") delete message[name];
        Object.assign(message, structuredClone(change));
        expect(content.message(message)).toStrictEqual(createContent().message(message));
      }
    }),
    { numRuns: 1_000 },
  );
});

const asking = {
  $message: "AIMessage",
  type: "ai",
  id: "m1",
  name: "planner",
  status: "error",
  content: "yes",
  tool_call_id: "c0",
  tool_calls: [{ id: "c1", name: "add", error: "late", args: { city: "Oslo", days: [1, null] } }],
};

/** The places of all parts, whatever they stand in. */
function placesIn(part: object, around: readonly string[] = []): readonly (readonly string[])[] {
  return Object.entries(part).flatMap(([name, inner]) => [
    [...around, name],
    ...(typeof inner === "object" && inner !== null ? placesIn(inner, [...around, name]) : []),
  ]);
}

function without(whole: object, [name = "", ...inside]: readonly string[]): object {
  const inner: unknown = Reflect.get(whole, name);
  const left = Object.entries(whole).filter(([other]) => other !== name || inside.length > 0);
  const parts = left.map(([other, part]) =>
    other === name && inside.length > 0 ? [other, without(inner as object, inside)] : [other, part],
  );
  return Array.isArray(whole) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}

const places = placesIn(asking).filter(([name]) => name !== "$message" && name !== "type");

test.each(places.map((place) => [place.join("."), place] as const))(
  "whether it says %s or not makes it another one",
  (_, place) => {
    const less = without(asking, place);
    for (const [before, after] of [
      [asking, less],
      [less, asking],
    ]) {
      const content = createContent();
      const message: object = { ...before };
      content.message(message);
      for (const name of Object.keys(message)) Reflect.deleteProperty(message, name);
      Object.assign(message, after);
      expect(content.message(message)).toStrictEqual(createContent().message({ ...after }));
    }
  },
);
