import { BoundedMap, type EventDraft, type SpanId } from "@spoor/core";
import { createArrivals } from "./arrivals.ts";
import type { OtherWitnesses } from "./elsewhere.ts";
import type { SpansLine } from "./native.ts";
import { type Place, placeIn } from "./place.ts";
import { precedingOf } from "./preceding.ts";
import { type Arrived, mostKnown } from "./arrived.ts";
import { roleOf } from "./role.ts";
import { createRuntimeReader } from "./runtime.ts";
import { traceScene } from "./trace-scene.ts";
import { readWork } from "./work.ts";

export interface SpanReader {
  read(line: SpansLine): Iterable<EventDraft>;
}

/**
 * Spans of AutoGen, of Agent Framework, and of what instruments the models and tools in them. A span does not say whose it is: that is told by what
 * it lies in, which ends after it, or by what made the message that it handles. So each is told as soon as that is known, from the outside in. What
 * lies in something that was never exported, because its process was killed, is not told.
 */
export function createSpanReader(others: OtherWitnesses): SpanReader {
  const places = new BoundedMap<SpanId, Place>(mostKnown);
  const waiting = new Map<SpanId, Arrived[]>();
  const [arrivals, runtimes] = [createArrivals(), createRuntimeReader(others)];

  return {
    *read({ spans }) {
      for (const span of spans) {
        const role = roleOf(span);
        if (role.is === "aside" || places.has(span.spanId)) continue;
        const arrived = { span, role, follows: precedingOf(span, role) };
        arrivals.note(arrived);
        yield* take(arrived);
      }
    },
  };

  /** And all that has waited for it. */
  function* take(arrived: Arrived): Iterable<EventDraft> {
    const queue = [arrived];
    for (const next of queue) {
      const place = yield* placed(next, queue);
      if (place === null) continue;
      const { spanId } = next.span;
      places.set(spanId, place);
      yield* runtimes.placed(spanId, place);
      queue.push(...(waiting.get(spanId) ?? []));
      waiting.delete(spanId);
    }
  }

  /** Null: what it follows from is not known yet. */
  function* placed(arrived: Arrived, queue: Arrived[]): Generator<EventDraft, Place | null> {
    const { span, role, follows } = arrived;
    const runtime = role.is === "runtime" ? role.runtime : null;
    if (runtime !== null && runtimes.isUnnamed(arrived, runtime)) return null;
    const before = follows === null ? undefined : places.get(follows);
    if (follows !== null && before === undefined) {
      hold(follows, arrived);
      const start = runtime && runtimes.namedBy(runtime);
      if (start !== null) queue.push(start);
      return null;
    }
    const place = before ?? placeIn(traceScene(span, role, arrivals.failedBelow(span.spanId)));
    const told = { span, role, place, arrivals };
    return runtime === null ? yield* readWork(told, others) : yield* runtimes.read(told, runtime);
  }

  function hold(follows: SpanId, arrived: Arrived): void {
    const held = waiting.get(follows);
    if (held) held.push(arrived);
    else waiting.set(follows, [arrived]);
  }
}
