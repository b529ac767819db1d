import type { ContentReader } from "../../journal/content.ts";
import type { SessionView } from "../../run-tree/run-tree.ts";
import type { Span } from "../../run-tree/span.ts";
import type { Held, SpanId } from "../../vocabulary/event.ts";
import { addedBy } from "../context/first-turns.ts";
import { turnsIn } from "../turn.ts";

/** What was said before a span, and where. */
export interface EarlierContent {
  readonly held: Held;
  readonly where: Where;
  readonly span: Span;
  readonly turn: number;
}

export type Where = "input" | "output" | "message" | "instructions" | "tools" | "context";

/**
 * All content of a session that came before a span, in order, each piece once: what went into anything that had begun, what came out of anything
 * that had ended. Not what the model said when it asked for the span, which says the span's own words.
 */
export function* contentBefore(
  target: Span,
  view: SessionView,
  content: ContentReader,
): Iterable<EarlierContent> {
  const seen = new Set<Held>();
  for (const said of allBefore(target, view, content)) {
    if (seen.has(said.held)) continue;
    seen.add(said.held);
    yield said;
  }
}

function* allBefore(
  target: Span,
  { spans }: SessionView,
  content: ContentReader,
): Iterable<EarlierContent> {
  for (const [turn, { spans: members }] of turnsIn(spans).entries()) {
    const open: Span[] = [];
    const parents = new Map(members.map(({ spanId, parentSpanId }) => [spanId, parentSpanId]));
    for (const span of members) {
      for (let last = open.at(-1); last && !isUnder(span, last, parents); last = open.at(-1)) {
        open.pop();
        yield* leaving(last, turn, target);
      }
      if (span === target) {
        yield* toldTo(span, turn, target);
        return;
      }
      open.push(span);
      yield* entering(span, turn, target, content);
    }
    for (const span of open.toReversed()) yield* leaving(span, turn, target);
  }
}

function isUnder(span: Span, above: Span, parents: ReadonlyMap<SpanId, SpanId | null>): boolean {
  for (let at = parents.get(span.spanId) ?? null; at !== null; at = parents.get(at) ?? null)
    if (at === above.spanId) return true;
  return false;
}

function* entering(
  span: Span,
  turn: number,
  target: Span,
  content: ContentReader,
): Iterable<EarlierContent> {
  const { context, input, startedAt } = span;
  if (isAfter(startedAt, target)) return;
  if (input !== null) yield { held: input, where: "input", span, turn };
  if (context) {
    if (context.instructions !== undefined)
      yield { held: context.instructions, where: "instructions", span, turn };
    if (context.tools !== undefined) yield { held: context.tools, where: "tools", span, turn };
    for (const held of addedBy(context, content)) yield { held, where: "context", span, turn };
  }
  yield* toldTo(span, turn, target);
}

function* toldTo(span: Span, turn: number, target: Span): Iterable<EarlierContent> {
  for (const mark of span.marks)
    if (mark.type === "message.received" && !isAfter(mark.at?.ms ?? null, target))
      yield { held: mark.content, where: "message", span, turn };
}

function* leaving(span: Span, turn: number, target: Span): Iterable<EarlierContent> {
  const held = span.output ?? span.detail;
  if (held === null || span.spanId === target.causedBy || isAfter(span.endedAt, target)) return;
  yield { held, where: "output", span, turn };
}

const isAfter = (ms: number | null, { startedAt }: Span): boolean =>
  ms !== null && startedAt !== null && ms > startedAt;
