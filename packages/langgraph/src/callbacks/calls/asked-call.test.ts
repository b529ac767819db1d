import { describe, expect, test } from "vitest";
import { callsGivenTo } from "./asked-call.ts";

const asks = (...ids: readonly string[]) => ({
  tool_calls: ids.map((id) => ({ id, name: "look" })),
});
const answers = (id: string) => ({ tool_call_id: id, content: "x" });
const given = (inputs: unknown) => callsGivenTo(inputs).map(({ id }) => id);

describe("a node is given", () => {
  test("what the last message asks for and nobody has answered", () => {
    expect(given({ messages: [asks("a", "b")] })).toEqual(["a", "b"]);
    expect(given({ messages: [asks("a", "b"), answers("a")] })).toEqual(["b"]);
    expect(given([asks("a")])).toEqual(["a"]);
  });

  test("the one call that its agent names", () => {
    expect(given({ messages: [asks("a", "b")], lg_tool_call: { id: "b", name: "look" } })).toEqual([
      "b",
    ]);
  });

  test("nothing where the conversation has gone on, or there is none", () => {
    expect(given({ messages: [asks("a"), { content: "never mind" }] })).toEqual([]);
    expect(given({ messages: [asks("a"), answers("a")] })).toEqual([]);
    expect(given({ messages: "hi" })).toEqual([]);
    expect(given(null)).toEqual([]);
  });
});
