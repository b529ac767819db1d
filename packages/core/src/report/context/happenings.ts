import type { Span } from "../../run-tree/span.ts";
import type { EventOf, SpanId } from "../../vocabulary/event.ts";

/** A span that begins, or a message that somebody got in it. */
export interface Happening {
  readonly span: Span;
  readonly message: EventOf<"message.received"> | null;
}

/** The spans of a turn, depth first as in a view, with the messages of each between what hangs on it, by time. */
export function* happeningsIn(spans: readonly Span[]): Iterable<Happening> {
  const here = new Set(spans.map(({ spanId }) => spanId));
  const under = Map.groupBy(spans, ({ parentSpanId }) =>
    parentSpanId !== null && here.has(parentSpanId) ? parentSpanId : null,
  );
  for (const span of under.get(null) ?? []) yield* below(span, under);
}

function* below(
  span: Span,
  under: ReadonlyMap<SpanId | null, readonly Span[]>,
): Iterable<Happening> {
  yield { span, message: null };
  const messages = messagesOn(span);
  let next = 0;
  let latest = span.startedAt ?? 0;
  for (const child of under.get(span.spanId) ?? []) {
    latest = child.startedAt ?? latest;
    const isFirst = (ms: number): boolean =>
      ms < latest || (ms === latest && (child.startedAt !== null || child.kind !== "compaction"));
    for (let told = messages[next]; told && isFirst(told.ms); told = messages[next]) {
      yield { span, message: told.message };
      next += 1;
    }
    yield* below(child, under);
  }
  for (const { message } of messages.slice(next)) yield { span, message };
}

/** What has no time came with what was told before it. Two witnesses of one message give it the same mark. */
function messagesOn({
  marks,
  startedAt,
}: Span): readonly { readonly message: EventOf<"message.received">; readonly ms: number }[] {
  const told = new Set<string>();
  let ms = startedAt ?? 0;
  return marks.flatMap((mark) => {
    ms = mark.at?.ms ?? ms;
    if (mark.type !== "message.received" || told.has(mark.mark)) return [];
    told.add(mark.mark);
    return [{ message: mark, ms }];
  });
}
