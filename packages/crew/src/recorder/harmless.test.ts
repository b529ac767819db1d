import type { Recordable } from "@spoor/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { crewRecording } from "./crew-recording.fixture.ts";

/** What applications pass around, and what no JSON can be made of; in a function, because a test must not look at it either. */
const anything: fc.Arbitrary<() => unknown> = fc.oneof(
  fc
    .anything({ withBigInt: true, withMap: true, withNullPrototype: true })
    .map((value) => () => value),
  fc.constantFrom<() => unknown>(
    cyclic,
    () => new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse }),
    () => Object.defineProperty({}, "passed", { get: refuse }),
    () => [true, refuse],
    () => Symbol("nothing"),
    () => refuse,
  ),
);

function refuse(): never {
  throw new Error("not to be looked at");
}

function cyclic(): unknown {
  const self: unknown[] = [];
  self.push(self);
  return self;
}

test("whatever a crew says, its bodies get what they gave, and nothing is thrown", () => {
  const { crews } = crewRecording();
  fc.assert(
    fc.property(anything, anything, (say, give) => {
      const value = say() as Recordable;
      const given = give();
      const everything = { input: value, expected: value, native: value };
      const result = crews.kickoff("crew", { input: value, structure: value }, (crew) => {
        crew.askHuman("wait", value, () => given);
        return crew.task("task", everything, (task) => {
          task.guardrail("check", everything, () => given);
          task.remember("memory", everything).end(value);
          task.tool("tool", everything).fail(given);
          return task.delegate("agent", everything, () => given);
        });
      });
      expect(Object.is(result, given)).toBe(true);
    }),
  );
});

test("what a crew throws is its caller's, whatever it is", () => {
  const { crews } = crewRecording();
  fc.assert(
    fc.property(anything, (make) => {
      const thrown = make();
      let caught: unknown;
      try {
        crews.kickoff("crew", (crew) =>
          crew.task("task", (task) =>
            task.guardrail("check", () => {
              throw thrown;
            }),
          ),
        );
      } catch (error) {
        caught = error;
      }
      expect(Object.is(caught, thrown)).toBe(true);
    }),
  );
});

test("a promise is the very one that the body gave", async () => {
  const { crews } = crewRecording();
  const answer = Promise.resolve(true);
  const given = crews.kickoff("crew", (crew) => crew.guardrail("check", () => answer));
  expect(given).toBe(answer);
});

test("a rejection that nobody waits for is the application's to ignore", async () => {
  const { crews, reports } = crewRecording();
  crews.kickoff("crew", (crew) => {
    void crew.guardrail("check", () => Promise.reject(new Error("no verdict")));
    void crew.askHuman("wait", "?", () => Promise.reject(new Error("nobody there")));
  });
  await new Promise((resolve) => setImmediate(resolve));
  const [report] = await reports();
  const check = report?.turns[0]?.spans.find(({ kind }) => kind === "guardrail");
  expect(check?.error?.message).toBe("no verdict");
});

test("what was not found is nothing to go on from, and options may be null where nobody checks types", async () => {
  const { crews, tree } = crewRecording();
  const nothing = null as never;
  const given = crews.kickoff("crew", nothing, (crew) =>
    crew.task("first", nothing, (first) =>
      first.task("second", { causedBy: crew.find("a"), after: [crew.find("b")] }, () => "done"),
    ),
  );
  expect(given).toBe("done");
  expect(await tree()).toEqual([
    "turn 0 crew           ok",
    "╰─ workflow crew      ok",
    "   ╰─ task first      ok",
    "      ╰─ task second  ok",
    "   « done",
  ]);
});
