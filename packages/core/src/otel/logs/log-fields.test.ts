import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { createObserver } from "../../observer/observer.ts";
import { bridgeOpenTelemetry } from "../bridge/bridge-open-telemetry.ts";
import { spanNumbered } from "../bridge/recorded-work.fixture.ts";
import { startSdk, stopSdk } from "../bridge/sdk.fixture.ts";
import { logFields } from "./log-fields.ts";

afterEach(stopSdk);

function observing() {
  const observer = createObserver({ journal: "memory" });
  onTestFinished(() => observer.close());
  return { observer, turn: observer.session({ id: "thread 1" }) };
}

describe("what a log line carries", () => {
  test("is the trace, the span, the session and the turn of the work that it is written in", async () => {
    const { observer, turn } = observing();
    await turn.turn(async (answer) => {
      await answer.tool("search", async (tool) => {
        await Promise.resolve();
        expect(logFields(observer)).toEqual({
          trace_id: tool.context?.traceId,
          span_id: tool.context?.spanId,
          session_id: "thread 1",
          turn_id: answer.context?.spanId,
        });
      });
      expect(logFields(observer).span_id).toBe(answer.context?.spanId);
    });
  });

  test("names the turn by its first activation, also where it goes on from an interrupt", () => {
    const { observer, turn } = observing();
    const asked = turn.turn((scope) => {
      scope.interrupt("approval");
      scope.suspend();
      return scope.context;
    });
    const resumed = turn.turn({ resumes: "approval" }, () => logFields(observer));
    expect(resumed).toMatchObject({ trace_id: asked?.traceId, turn_id: asked?.spanId });
    expect(resumed.span_id).not.toBe(asked?.spanId);
  });

  test("is nothing outside of recorded work, and the logger's own there as well: pino writes the line into it", () => {
    const { observer } = observing();
    const line = Object.assign(logFields(observer), { order: 7 });
    expect(line).toEqual({ order: 7 });
    expect(logFields(observer)).toEqual({});
    expect(logFields()).toEqual({});
  });

  test("is of the first that knows work around, and of two where one knows none", () => {
    const { observer, turn } = observing();
    const [node, nobody] = [spanNumbered(1), { currentSpan: () => null }];
    turn.turn(() => {
      expect(logFields({ currentSpan: () => node }, observer).span_id).toBe(node.spanId);
      expect(logFields(nobody, observer).session_id).toBe("thread 1");
    });
  });

  test("leaves out session and turn of a span that tells no more than its ids", () => {
    const { traceId, spanId } = spanNumbered(1);
    const known = logFields({ currentSpan: () => ({ traceId, spanId }) });
    expect(known).toEqual({ trace_id: traceId, span_id: spanId });
  });

  test("is no reason to fail for a logger, whoever throws", () => {
    const throwing = {
      currentSpan: () => {
        throw new Error("not now");
      },
    };
    expect(logFields(throwing)).toEqual({});
  });
});

describe("beside the application's own OpenTelemetry", () => {
  test("the span that it made active inside the work is the nearer one, in the same session and turn", () => {
    const { observer, turn } = observing();
    const sdk = startSdk();
    onTestFinished(bridgeOpenTelemetry(observer));
    sdk.tracer.startActiveSpan("request", (request) => {
      expect(logFields(observer)).toEqual({});
      turn.turn((answer) => {
        expect(logFields(observer).span_id).toBe(answer.context?.spanId);
        expect(logFields(observer).trace_id).toBe(request.spanContext().traceId);
        sdk.tracer.startActiveSpan("query", (query) => {
          expect(logFields(observer)).toEqual({
            trace_id: request.spanContext().traceId,
            span_id: query.spanContext().spanId,
            session_id: "thread 1",
            turn_id: answer.context?.spanId,
          });
          query.end();
        });
      });
      request.end();
    });
  });

  test("without a bridge the work is, because nobody can tell what began inside what", () => {
    const { observer, turn } = observing();
    const sdk = startSdk();
    turn.turn((answer) =>
      sdk.tracer.startActiveSpan("query", (query) => {
        expect(logFields(observer).span_id).toBe(answer.context?.spanId);
        query.end();
      }),
    );
  });
});
