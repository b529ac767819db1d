import type { BookkeepingReader } from "../journal/context-book.ts";
import type { Span } from "../run-tree/span.ts";
import { contentFieldsOf } from "../vocabulary/content-fields.ts";
import type { AgentEvent, ContextDifference, Held } from "../vocabulary/event.ts";

const factsOfEvent = 400;
const factsOfSpan = 3_000;
const reference = 80;

/** About how many bytes something takes: of memory while it waits, and in a request, with its content. Estimates, to bound by. */
export interface Weigher<Item> {
  facts(item: Item): number;
  content(item: Item, reader: BookkeepingReader): number;
}

export const eventWeigher: Weigher<AgentEvent> = {
  facts: (event) => factsOfEvent + ("context" in event ? referencesIn(event.context) : 0),
  content: (event, reader) =>
    sizeOf(heldBy(event), reader) + ("context" in event ? sizeOfAdded(event.context, reader) : 0),
};

/** `wholeUpTo`: of a model call, so many bytes of messages go out whole; where there are more, only those that were added do. */
export function spanWeigher(wholeUpTo: number = Number.POSITIVE_INFINITY): Weigher<Span> {
  return {
    facts: ({ marks, context }) =>
      factsOfSpan + marks.length * factsOfEvent + referencesIn(context ?? undefined),
    content: (span, reader) =>
      sizeOf(contentOf(span), reader) +
      sizeOf(span.marks.flatMap(heldBy), reader) +
      (span.context ? sizeOfContext(span.context, wholeUpTo, reader) : 0),
  };
}

function referencesIn(context: ContextDifference | undefined): number {
  return context && typeof context.add !== "string" ? context.add.length * reference : 0;
}

function contentOf(span: Span): readonly (Held | null)[] {
  return [span.input, span.output, span.expected, span.detail, span.parameters, span.native];
}

function heldBy(event: AgentEvent): readonly Held[] {
  const fields = event as unknown as Readonly<Record<string, Held | undefined>>;
  return contentFieldsOf(event.type).flatMap((field) => fields[field] ?? []);
}

function sizeOf(held: readonly (Held | null | undefined)[], reader: BookkeepingReader): number {
  return held.reduce<number>((sum, value) => sum + (value ? reader.sizeOf(value) : 0), 0);
}

function sizeOfAdded(context: ContextDifference | undefined, reader: BookkeepingReader): number {
  if (!context) return 0;
  const { add, instructions, tools } = context;
  return sizeOf([instructions, tools, ...(typeof add === "string" ? [add] : add)], reader);
}

/** What was said before counts where it goes out again. A list too long for its entry always goes out whole. */
function sizeOfContext(
  context: ContextDifference,
  wholeUpTo: number,
  reader: BookkeepingReader,
): number {
  const { add, instructions, tools } = context;
  const isListed = typeof add !== "string";
  if (wholeUpTo === 0 && isListed) return sizeOfAdded(context, reader);
  const messages = reader.messages(context);
  if (messages === null) return sizeOfAdded(context, reader);
  const whole = sizeUpTo(isListed ? wholeUpTo : Number.POSITIVE_INFINITY, messages, reader);
  return whole === null
    ? sizeOfAdded(context, reader)
    : whole + sizeOf([instructions, tools], reader);
}

/** Null: it is more. */
function sizeUpTo(
  most: number,
  messages: readonly Held[],
  reader: BookkeepingReader,
): number | null {
  let size = 0;
  for (const held of messages) {
    size += reader.sizeOf(held);
    if (size > most) return null;
  }
  return size;
}
