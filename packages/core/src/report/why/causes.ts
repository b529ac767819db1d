import type { Span } from "../../run-tree/span.ts";
import type { EventOf, SpanId } from "../../vocabulary/event.ts";
import { cameLater } from "../context/came-later.ts";
import { type Cause, causeOf, type How } from "./cause.ts";
import { spokenBehind } from "./spoken.ts";
import type { WhyReading } from "./why-reading.ts";

/** From a span to what set it off, the nearest cause first. */
export function causesOf(span: Span, reading: WhyReading): readonly Cause[] {
  const causes: Cause[] = [];
  const seen = new Set<Span>();
  for (let at: Span | null = span; at && !seen.has(at);) {
    seen.add(at);
    const step: StepBack = stepBack(at, reading);
    causes.push(...step.causes);
    at = step.next;
  }
  return causes;
}

/** The causes that are one step away, and the last of them, whose own causes come next. */
interface StepBack {
  readonly causes: readonly Cause[];
  readonly next: Span | null;
}

function stepBack(span: Span, reading: WhyReading): StepBack {
  const { causedBy, kind, parentSpanId } = span;
  if (causedBy !== null) {
    const beside = otherCausesOf(span).map((other) => namedCause(other, reading));
    return {
      causes: [...beside, namedCause(causedBy, reading)],
      next: reading.find(causedBy),
    };
  }
  if (kind === "model") return beforeCall(span, reading);
  if (kind === "turn") return beforeTurn(span, reading);
  const parent = reading.find(parentSpanId);
  if (parent) return { causes: [by(parent, "ran", "recorded", reading)], next: parent };
  const outside = parentSpanId === null ? [] : [{ elsewhere: parentSpanId }];
  return { causes: outside.map((known) => causeOf("ran", "recorded", known)), next: null };
}

/** What is handled together was set off by all who sent it. */
const otherCausesOf = ({ causedBy, kind, links }: Span): readonly SpanId[] =>
  links.flatMap((link) =>
    kind !== "turn" && link.kind === "cause" && link.spanId !== causedBy ? [link.spanId] : [],
  );

function namedCause(spanId: SpanId, reading: WhyReading): Cause {
  const cause = reading.find(spanId);
  const how = cause?.kind === "model" ? "asked" : "setOff";
  return cause
    ? by(cause, how, "recorded", reading)
    : causeOf(how, "recorded", { elsewhere: spanId });
}

/** What a model call acted on: what it was told since the call before, what the tools of that returned, or what its turn or agent began with. */
function beforeCall(call: Span, reading: WhyReading): StepBack {
  const { askedBy, callsBeside, content, find, placeOf } = reading;
  const calls = callsBeside(call);
  const before = calls
    .slice(0, calls.indexOf(call))
    .findLast((other) => other.turnSpanId === call.turnSpanId && !cameLater(other.endedAt, call));
  const parent = find(call.parentSpanId);
  if (!before)
    return { causes: parent ? [by(parent, "began", "order", reading)] : [], next: parent };
  const told = toldBetween(before, call, parent).map((message) =>
    causeOf("told", "order", {
      spans: parent ? [placeOf(parent)] : [],
      text: spokenBehind(message.content, content),
    }),
  );
  const returned = askedBy(before).filter(
    ({ endedAt, status }) => status !== "open" && !cameLater(endedAt, call),
  );
  const [first] = returned;
  if (!first) return { causes: [...told, by(before, "followed", "order", reading)], next: before };
  const results = causeOf("returned", "order", {
    spans: returned.map(placeOf),
    text: spokenBehind(first.output ?? first.detail, content),
  });
  return { causes: [...told, results, by(before, "asked", "recorded", reading)], next: before };
}

type Message = EventOf<"message.received">;

const messagesOn = ({ marks }: Span): readonly Message[] =>
  marks.filter((mark) => mark.type === "message.received");

/** What whoever runs a call was told after the call before. */
function toldBetween(
  { endedAt: from }: Span,
  { startedAt: to }: Span,
  parent: Span | null,
): readonly Message[] {
  if (from === null || to === null || !parent) return [];
  return messagesOn(parent).filter(({ at }) => at && at.ms > from && at.ms <= to);
}

/** What a turn goes on from, and what was asked. */
function beforeTurn(turn: Span, reading: WhyReading): StepBack {
  const { activationsOf, content } = reading;
  const activations = activationsOf(turn);
  const suspended = activations[activations.indexOf(turn) - 1];
  const asked = turn.input ?? messagesOn(turn)[0]?.content ?? null;
  const prompt = causeOf("prompt", "recorded", {
    text: spokenBehind(asked, content),
    trigger: turn.trigger,
  });
  if (suspended) {
    const resumed = by(suspended, "suspended", "recorded", reading);
    return { causes: prompt.text === null ? [resumed] : [prompt, resumed], next: suspended };
  }
  const links = turn.links.flatMap(({ kind, spanId }): readonly Cause[] => {
    if (kind === "fork") return [causeOf("forked", "recorded", { elsewhere: spanId })];
    return kind === "cause" ? [causeOf("linked", "recorded", { elsewhere: spanId })] : [];
  });
  return { causes: [prompt, ...links], next: null };
}

function by(span: Span, how: How, basis: Cause["basis"], { content, placeOf }: WhyReading): Cause {
  const said = span.kind === "model" ? span.output : isAskedNext(span) ? null : span.input;
  return causeOf(how, basis, { spans: [placeOf(span)], text: spokenBehind(said, content) });
}

/** What a turn was asked is a cause of its own, unless something else set it off. */
const isAskedNext = ({ causedBy, kind }: Span): boolean => kind === "turn" && causedBy === null;
