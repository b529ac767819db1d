import type { Observer, Outcome } from "@spoor/core";
import type { AgentsProcessor, AgentsSpan } from "./native.ts";
import { errorTextOf, spanEnded, spanStarted } from "./span-drafts.ts";

/** What is known of a trace while it runs. */
interface OpenTrace {
  readonly session: string;
  /** Texts of errors, as far as spans have ended with them. */
  readonly told: Set<string>;
}

const source = "callback";

/**
 * For `addTraceProcessor` of `@openai/agents`: each trace is a turn, in the session of its `groupId`, and its spans are agents, calls, tools, handoffs and
 * guardrails in it. Never throws into the library; closing the observer is yours.
 */
export function openaiAgentsProcessor(observer: Observer): AgentsProcessor {
  const open = new Map<string, OpenTrace>();
  const traceOf = (traceId: string, session = traceId): OpenTrace =>
    open.get(traceId) ?? { session, told: new Set() };
  const end = (key: string, session: string, outcome: Outcome): void => {
    open.delete(key);
    observer.emit({ type: "turn.ended", session, source, key, outcome });
  };
  return {
    async onTraceStart({ traceId, name, groupId }) {
      const trace = traceOf(traceId, groupId ?? traceId);
      const { session } = trace;
      open.set(traceId, trace);
      observer.emit({
        type: "session.started",
        session,
        source,
        on: null,
        mark: "session",
        framework: "openai-agents",
        ...(groupId === null ? { inferred: true } : {}),
      });
      observer.emit({ type: "turn.started", session, source, key: traceId, name });
    },
    async onTraceEnd({ traceId }) {
      end(traceId, traceOf(traceId).session, { status: "ok" });
    },
    async onSpanStart(span) {
      for (const draft of spanStarted(span, traceOf(span.traceId).session)) observer.emit(draft);
    },
    async onSpanEnd(span) {
      const trace = traceOf(span.traceId);
      const outcome = outcomeOf(span, trace.told);
      for (const draft of spanEnded(span, { session: trace.session, outcome }))
        observer.emit(draft);
      // Of a run that throws the library never ends the trace: its outermost span is the last that is heard of it.
      if (span.parentId === null && outcome.status === "error")
        end(span.traceId, trace.session, { ...outcome, passedOn: true });
    },
    async shutdown(timeoutMs) {
      await observer.flush(timeoutMs === undefined ? {} : { timeoutMs });
    },
    async forceFlush() {
      await observer.flush();
    },
  };
}

/** Spans that others failed in end with the text of that error too, behind the name of its class. */
function outcomeOf(span: AgentsSpan, told: Set<string>): Outcome {
  const text = errorTextOf(span);
  if (text === null) return { status: "ok" };
  const isPassedOn = [...told].some((one) => text.endsWith(one));
  told.add(text);
  const errorType = /^(\w+): /.exec(text)?.[1] ?? "Error";
  return { status: "error", errorType, ...(isPassedOn ? { passedOn: true } : {}) };
}
