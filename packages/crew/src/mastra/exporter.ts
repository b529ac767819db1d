import { BoundedMap, type Observer } from "@spoor/core";
import { ended, type OpenTrace, started, traceOf } from "./drafts.ts";
import type { MastraEvent, MastraExporter } from "./native.ts";

/** A trace whose root never ends is forgotten here when so many have begun after it, and not in the record. */
const mostOpen = 1_000;

/**
 * For `exporters` of Mastra's observability: each trace is a turn, in the session of its `threadId`, with agents, workflows, calls of models and tools in it. Never throws
 * into Mastra; closing the observer is yours.
 */
export function mastraExporter(observer: Observer): MastraExporter {
  const open = new BoundedMap<string, OpenTrace>(mostOpen);
  const tell = ({ type, exportedSpan: span }: MastraEvent): void => {
    if (span.isEvent || span.type === "model_chunk") return;
    const trace = open.get(span.traceId) ?? traceOf(span);
    open.set(span.traceId, trace);
    const isRoot = span.parentSpanId === undefined;
    const drafts = { span_started: started, span_ended: ended }[type];
    for (const draft of drafts?.(span, trace, isRoot) ?? []) observer.emit(draft);
    if (isRoot && type === "span_ended") open.delete(span.traceId);
  };
  return {
    name: "spoor",
    async onTracingEvent(event) {
      try {
        tell(event);
      } catch {
        // What is no event of Mastra's, whatever its version says, is not recorded.
      }
    },
    async flush() {
      await observer.flush();
    },
    async shutdown() {
      await observer.flush();
    },
  };
}
