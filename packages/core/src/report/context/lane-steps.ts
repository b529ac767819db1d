import type { ContentReader } from "../../journal/content.ts";
import type { Span } from "../../run-tree/span.ts";
import type { Held, SpanId } from "../../vocabulary/event.ts";
import { wordsOf } from "../text/words.ts";
import type { Turn } from "../turn.ts";
import { valueBehind } from "../value-behind.ts";
import { type Happening, happeningsIn } from "./happenings.ts";
import type { Lane } from "./lanes.ts";
import { answerOf, inputOf, messageOn, resultOf, type Saying, summaryOf } from "./saying.ts";

/** What happens in a conversation: somebody says something, a compaction replaces what was said, the model is called. */
export type Step =
  | { readonly what: "said"; readonly saying: Saying; readonly at: number | null }
  | { readonly what: "compacted"; readonly turn: number; readonly spanId: SpanId }
  | { readonly what: "called"; readonly spanId: SpanId };

/** The steps of each lane, in order, over all turns. */
export function stepsByLane(
  turns: readonly Turn[],
  laneOf: ReadonlyMap<SpanId, Lane>,
  content: ContentReader,
): ReadonlyMap<Lane, readonly Step[]> {
  const steps = new Map<Lane, Step[]>();
  for (const [turn, { spans }] of turns.entries()) {
    const speaking = new Set(
      spans.flatMap(({ kind, spanId }) => (kind === "model" ? (laneOf.get(spanId) ?? []) : [])),
    );
    for (const happening of happeningsIn(spans)) {
      const lane = laneOf.get(happening.span.spanId);
      for (const hearing of lane ? whoHears(lane, speaking) : []) {
        const known = steps.get(hearing) ?? [];
        steps.set(hearing, known);
        for (const step of stepsOf(happening, turn, speaking.has(hearing)))
          if (step.what !== "said" || !isEcho(step.saying, known, content)) known.push(step);
      }
    }
  }
  return steps;
}

/** What is said to a turn is said to every agent that speaks in it. */
function whoHears(lane: Lane, speaking: ReadonlySet<Lane>): readonly Lane[] {
  if (lane.within !== null || lane.agent !== null) return [lane];
  return [lane, ...[...speaking].filter((other) => other !== lane && other.within === null)];
}

/** `speaks`: a model was called there, so that somebody must have asked something. */
function stepsOf({ message, span }: Happening, turn: number, speaks: boolean): readonly Step[] {
  const say = (made: Omit<Saying, "turn">, at: number | null): Step => ({
    what: "said",
    saying: { ...made, turn },
    at,
  });
  if (message) return [say(messageOn(span, message), message.at?.ms ?? null)];
  const { endedAt, input, kind, output, spanId, startedAt, status } = span;
  switch (kind) {
    case "turn":
    case "agent":
      return input !== null || (speaks && !hasMessage(span)) ? [say(inputOf(span), startedAt)] : [];
    case "model": {
      const called: Step = { what: "called", spanId };
      return output === null ? [called] : [called, say(answerOf(span), endedAt)];
    }
    case "tool":
      return status === "open" ? [] : [say(resultOf(span), endedAt)];
    case "compaction": {
      if (status === "error") return [];
      const compacted: Step = { what: "compacted", turn, spanId };
      const isTold = output === null && hasMessage(span);
      return isTold ? [compacted] : [compacted, say(summaryOf(span), endedAt)];
    }
    default:
      return [];
  }
}

const hasMessage = ({ marks }: Span): boolean =>
  marks.some(({ type }) => type === "message.received");

/** A message repeats, in another form, what its agent was asked, or what a compaction left. */
function isEcho(
  { held, origin, spanId }: Saying,
  before: readonly Step[],
  content: ContentReader,
): boolean {
  const last = before.at(-1);
  if (origin !== "message" || held === null || last?.what !== "said") return false;
  const { saying } = last;
  const isOpening = saying.origin === "input" && saying.spanId === spanId;
  return (isOpening || saying.origin === "summary") && isSaid(held, saying.held, content);
}

function isSaid(held: Held, before: Held | null, content: ContentReader): boolean {
  if (before === null) return false;
  return held === before || wordsBehind(held, content) === wordsBehind(before, content);
}

const wordsBehind = (held: Held, content: ContentReader): string =>
  wordsOf(valueBehind(held, content)).trim();
