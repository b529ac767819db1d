import { expect, test } from "vitest";
import { observe } from "../testing-kit/observed.ts";
import { writeCarrier } from "../vocabulary/carrier.ts";
import type { SpanId } from "../vocabulary/event.ts";
import { spanIdOf } from "../vocabulary/identity.ts";

test("work that goes on from a carrier of its session hangs on that span, in its trace, and is active inside", async () => {
  const { observer, session, spans } = observe();
  const turn = session.turn({ name: "turn" });
  const parent = writeCarrier(turn.context ?? expect.fail("a turn has a context"));
  const options = { parent, agent: "worker", input: "message", key: "handling" };
  const given = session.work("agent", "worker", options, (scope) => {
    expect(observer.active()).toBe(scope);
    expect(observer.currentSpan()).toEqual(scope.context);
    return scope.tool("add", (tool) => {
      expect([tool.outer, scope.outer]).toEqual([scope, null]);
      return 3;
    });
  });
  expect(given).toBe(3);
  expect(observer.active()).toBeNull();
  turn.end();
  const { turn: above, worker, add } = await spans();
  expect(worker).toMatchObject({
    key: "handling",
    agent: "worker",
    traceId: above?.traceId,
    parentSpanId: above?.spanId,
    turnSpanId: above?.spanId,
    status: "ok",
  });
  expect(add).toMatchObject({ agent: "worker", turnSpanId: above?.spanId });
});

test("work that goes on from a carrier of another process is in its trace at once, and links to what set it off", () => {
  const { session } = observe();
  const traceId = "1".repeat(32);
  const spanId = spanIdOf(session.id, "a turn elsewhere");
  const parent = { traceparent: `00-${traceId}-${spanId}-03` };
  const links = [{ kind: "cause", carrier: parent }] as const;
  const scope = session.work("task", "handle", { parent, links });
  expect(scope.context).toMatchObject({ traceId, spanId: spanIdOf(session.id, scope.key) });
  scope.end();
});

test("an error that work under a carrier throws goes on to the caller, and is told there once", async () => {
  const { session, spans } = observe();
  const parent = { traceparent: `00-${"1".repeat(32)}-${"2".repeat(16) as SpanId}-01` };
  const error = new RangeError("too far");
  expect(() =>
    session.work("agent", "worker", { parent }, (scope) =>
      scope.tool("broken", () => {
        throw error;
      }),
    ),
  ).toThrow(error);
  expect(await spans()).toMatchObject({
    worker: { errorType: "RangeError", errorPassedOn: true },
    broken: { errorType: "RangeError", errorPassedOn: false },
  });
});
