import {
  type AgentEvent,
  createRunTree,
  type ContentReader,
  type EventExporter,
  type Held,
  type Observer,
  createObserver,
  type SessionView,
  type Span,
} from "@spoor/core";
import { onTestFinished } from "vitest";

export interface Heard {
  readonly observer: Observer;
  readonly valueOf: (held: Held | null) => unknown;
  readonly events: () => Promise<readonly AgentEvent[]>;
  readonly sessions: () => Promise<readonly SessionView[]>;
}

/** An observer whose events are looked at, with a clock that goes on by a millisecond whenever it is read. */
export function heard(): Heard {
  const events: AgentEvent[] = [];
  let content: ContentReader | null = null;
  const to: EventExporter = {
    name: "events",
    consumes: "events",
    async export(batch, context) {
      events.push(...batch);
      ({ content } = context);
    },
  };
  let now = 0;
  const observer = createObserver({
    journal: "memory",
    exporters: [{ to, content: "full" }],
    clock: () => (now += 1),
  });
  onTestFinished(() => observer.close({ timeoutMs: 0 }));
  return {
    observer,
    valueOf: (held) => {
      const answer = held === null ? null : content?.read(held);
      return answer?.kind === "value" ? answer.value : null;
    },
    events: async () => {
      await observer.flush();
      return events;
    },
    sessions: async () => {
      await observer.flush();
      const tree = createRunTree();
      for (const event of events) tree.apply(event);
      return tree.sessions().flatMap((id) => tree.session(id) ?? []);
    },
  };
}

/** What the spans amount to, whoever has told of them: without ids, times and marks, and without what only a hook tells. */
export async function shapesOf({ sessions, valueOf }: Heard): Promise<readonly unknown[]> {
  return (await sessions()).map((view) => {
    const spanOf = (id: string | null): Span | undefined =>
      view.spans.find(({ spanId }) => spanId === id);
    /** Keys of tools and calls are the framework's own; turns and agents are called differently by each witness. */
    const nameOf = (span: Span | undefined): string | null => {
      if (span === undefined || span.kind === "tool" || span.kind === "model")
        return span?.key ?? null;
      const alike = view.spans.filter(({ kind }) => kind === span.kind);
      return span.kind === "agent"
        ? `agent of ${nameOf(spanOf(span.parentSpanId))}`
        : `${span.kind} ${alike.indexOf(span)}`;
    };
    return view.spans
      .map((span) => ({
        name: nameOf(span),
        parent: nameOf(spanOf(span.parentSpanId)) ?? span.parentSpanId,
        causedBy: nameOf(spanOf(span.causedBy)) ?? span.causedBy,
        status: span.status,
        errorType: span.errorType,
        usage: span.usage,
        unattributed: span.unattributed,
        agent: span.agent,
        output: valueOf(span.output),
      }))
      .toSorted((left, right) => ((left.name ?? "") < (right.name ?? "") ? -1 : 1));
  });
}
