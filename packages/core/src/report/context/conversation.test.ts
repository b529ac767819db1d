import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../../vocabulary/json.ts";
import { type Story, story } from "../drafts.fixture.ts";
import { recordedSession } from "../hand-recorded.fixture.ts";
import { contextsOf } from "./contexts.ts";

/** One turn: what was asked, how many tools each call asks for, and whether the conversation is compacted before. */
interface PlannedTurn {
  readonly prompt: string;
  readonly toolsOfCalls: readonly number[];
  readonly compacts: boolean;
}

const plannedTurn: fc.Arbitrary<PlannedTurn> = fc.record({
  prompt: fc.string({ minLength: 1 }),
  toolsOfCalls: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
  compacts: fc.boolean(),
});

/** An agent at work, and what it sends its model at each call. */
function agentAtWork(turns: readonly PlannedTurn[]): {
  readonly told: Story;
  readonly requests: readonly (readonly JsonValue[])[];
} {
  const told = story();
  const requests: JsonValue[][] = [];
  let messages: JsonValue[] = [];
  for (const [turn, { compacts, prompt, toolsOfCalls }] of turns.entries()) {
    const key = `t${turn}`;
    told.turn(key, prompt);
    messages = [...messages, prompt];
    if (compacts) {
      told.compaction(`c${turn}`, key, `summary before ${turn}`);
      messages = [`summary before ${turn}`];
    }
    for (const [place, tools] of toolsOfCalls.entries()) {
      const call = `m${turn}.${place}`;
      requests.push([...messages]);
      told.call(call, key, `answer ${call}`);
      messages = [...messages, `answer ${call}`];
      for (let tool = 0; tool < tools; tool += 1) {
        const output = `result ${call}.${tool}`;
        told.tool(`toolu_${call}.${tool}`, key, call, { name: "Read", input: {}, output });
        messages = [...messages, output];
      }
    }
    told.endTurn(key);
  }
  return { told, requests };
}

test("what is put together from what was said is what was sent", () => {
  fc.assert(
    fc.property(fc.array(plannedTurn, { minLength: 1, maxLength: 4 }), (turns) => {
      const { requests, told } = agentAtWork(turns);
      const { content, view } = recordedSession(told.drafts);
      const contexts = contextsOf(view, content);
      const reports = contexts.calls.map((call) => contexts.report(call));
      expect(reports.map((report) => report?.messages?.map(({ value }) => value))).toEqual(
        requests,
      );
    }),
  );
});

test("of a recording that ends anywhere, what was sent before is put together the same", () => {
  fc.assert(
    fc.property(fc.array(plannedTurn, { minLength: 1, maxLength: 3 }), fc.nat(), (turns, cut) => {
      const { requests, told } = agentAtWork(turns);
      const { content, view } = recordedSession(
        told.drafts.slice(0, 1 + (cut % told.drafts.length)),
      );
      const contexts = contextsOf(view, content);
      for (const [place, call] of contexts.calls.entries())
        expect(contexts.report(call)?.messages?.map(({ value }) => value)).toEqual(requests[place]);
    }),
  );
});
