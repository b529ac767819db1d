import { hash } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { EventDraft, FullContext } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import { recordedSession, said } from "./hand-recorded.fixture.ts";
import { sessionReport } from "./session-report.ts";

const digest = (value: unknown): string => hash("sha256", JSON.stringify(value), "hex");

/** As docs/spec/show-json.md puts it. */
const expected = ({ instructions, tools, messages }: FullContext): string =>
  digest([
    instructions === undefined ? null : digest(instructions),
    tools === undefined ? null : digest(tools),
    messages.map(digest),
  ]);

function hashesOf(contexts: readonly FullContext[]): readonly (string | null)[] {
  const calls = contexts.map((context, index): EventDraft => ({
    ...said,
    type: "model.started",
    key: `m${index}`,
    parent: "t",
    name: "small-1",
    context,
  }));
  const turn: EventDraft = { ...said, type: "turn.started", key: "t", name: "turn" };
  const { view, content } = recordedSession([turn, ...calls]);
  const [only] = sessionReport(view, content).turns;
  const byKey = new Map(only?.spans.map(({ key, contextHash }) => [key, contextHash]));
  return contexts.map((_, index) => byKey.get(`m${index}`) ?? null);
}

test("a context hashes alike whether it was recorded whole or as a difference", () => {
  const messages = fc.array(fc.constantFrom<JsonValue>("a", "b", { role: "user", text: "c" }, 4));
  const context = fc.record(
    { instructions: fc.string(), tools: fc.array(fc.string()), messages },
    { requiredKeys: ["messages"] },
  );
  fc.assert(
    fc.property(fc.array(context, { minLength: 1, maxLength: 8 }), (contexts) => {
      expect(hashesOf(contexts)).toEqual(contexts.map(expected));
    }),
  );
});
