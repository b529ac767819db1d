import {
  BoundedMap,
  type EventDraft,
  type Key,
  type Outcome,
  receivedCall,
  receivedFailure,
  type ReceivedSpan,
} from "@spoor/core";
import { saysTheSame } from "../drafts/failure.ts";
import type { Elsewhere } from "../elsewhere.ts";
import { addTo } from "../lists.ts";
import { told } from "../../reading/narrow.ts";
import { turnKey } from "../turns.ts";
import { otherSpan } from "./other-span.ts";
import { ownSpan } from "./own-span.ts";
import type { ToldSpan } from "./told-span.ts";

/** The spans of one recording. They are exported as they end, so what lies in a span comes before it. */
export interface SpanReader {
  read(span: ReceivedSpan): Iterable<EventDraft>;
}

interface Known {
  readonly sessions: BoundedMap<string, true>;
  /** By id of a span: its key. */
  readonly keys: BoundedMap<string, Key>;
  /** By id of a span that was not seen yet: what lies in it. */
  readonly waiting: BoundedMap<string, Pick<ToldSpan, "session" | "key">[]>;
  /** By id of a span: what something in it has failed with last. */
  readonly failing: BoundedMap<string, string>;
}

export function createSpanReader(elsewhere: Elsewhere): SpanReader {
  const known: Known = {
    sessions: new BoundedMap(10_000),
    keys: new BoundedMap(20_000),
    waiting: new BoundedMap(20_000),
    failing: new BoundedMap(20_000),
  };
  return {
    *read(span) {
      const isOwn = span.scope.name === "crewai";
      if (!isOwn && elsewhere.isTold(span.traceId)) return;
      const said = isOwn ? ownSpan(span, elsewhere) : otherSpan(span);
      if (said !== null) yield* readSpan(known, span, said);
    },
  };
}

const about = ({ session }: Pick<ToldSpan, "session">) => ({ session, source: "spans" }) as const;

const at = (ms: number | null) => (ms === null ? {} : { at: { ms } });

function* readSpan(known: Known, span: ReceivedSpan, said: ToldSpan): Iterable<EventDraft> {
  const { session, key, isRoot } = said;
  if (!known.sessions.has(session)) {
    known.sessions.set(session, true);
    yield {
      ...about(said),
      type: "session.started",
      on: null,
      mark: "session",
      framework: "crewai",
      ...told("frameworkVersion", said.version?.slice(0, 200)),
      inferred: true,
    };
  }
  if (isRoot)
    yield {
      ...about(said),
      ...at(span.startedAt),
      type: "turn.started",
      key: turnKey(key),
      name: said.agent ?? said.name,
      ...told("input", said.kind === "workflow" ? said.input : undefined),
    };
  yield opening(span, said, isRoot ? turnKey(key) : parentOf(known, span, said));
  known.keys.set(span.spanId, key);
  for (const inner of known.waiting.get(span.spanId) ?? [])
    yield { ...about(inner), type: "span.amended", on: inner.key, mark: "parent", parent: key };
  known.waiting.delete(span.spanId);
  yield* closing(known, span, said);
}

/** Undefined: it was not seen yet, and says so when it is. */
function parentOf(known: Known, { parentSpanId }: ReceivedSpan, said: ToldSpan): Key | undefined {
  if (parentSpanId === null) return undefined;
  const parent = known.keys.get(parentSpanId);
  const { session, key } = said;
  if (parent === undefined) addTo(known.waiting, parentSpanId, { session, key });
  return parent;
}

function opening(span: ReceivedSpan, said: ToldSpan, parent: Key | undefined): EventDraft {
  const { kind, key, name } = said;
  const opened = {
    ...about(said),
    ...at(span.startedAt),
    key,
    name,
    ...told("parent", parent),
    ...told("agent", said.agent),
    ...told("attempt", said.attempt),
  };
  const { provider, requestModel, model } = receivedCall(span.attributes);
  switch (kind) {
    case "model":
      return {
        ...opened,
        type: "model.started",
        ...told("provider", provider),
        ...told("requestModel", requestModel ?? (knowsServed(span) ? undefined : model)),
        ...told("context", said.messages === undefined ? undefined : { messages: said.messages }),
      };
    case "tool":
      return { ...opened, type: "tool.started", ...told("input", said.input) };
    default:
      return {
        ...opened,
        type: "work.started",
        kind,
        ...told("input", said.input),
        ...told("expected", said.expected),
      };
  }
}

/** Who stands at the client of the model server knows which model has answered; what is made of CrewAI's events only knows which one was asked for. */
const knowsServed = ({ scope }: ReceivedSpan): boolean =>
  scope.name !== "crewai" && !scope.name.includes(".instrumentation.crewai");

/** CrewAI closes spans that it has lost sight of, with words of its own: nobody has seen these end. */
const isLost = ({ status }: ReceivedSpan): boolean => status.message?.includes("orphaned") === true;

function* closing(known: Known, span: ReceivedSpan, said: ToldSpan): Iterable<EventDraft> {
  const { kind, key, isRoot } = said;
  if (span.endedAt === null || isLost(span)) return;
  const ended = { ...about(said), ...at(span.endedAt), key };
  const failure = receivedFailure(span);
  const error = failure?.detail ?? "";
  if (failure !== null && span.parentSpanId !== null) known.failing.set(span.parentSpanId, error);
  const outcome = outcomeOf(failure, saysTheSame(known.failing.get(span.spanId), error));
  const came = { outcome, ...told("detail", failure?.detail), ...told("output", said.output) };
  if (kind === "model") yield* endCall(span, said, { ...ended, ...came });
  else yield { ...ended, ...came, type: kind === "tool" ? "tool.ended" : "work.ended" };
  if (said.verdict !== undefined)
    yield {
      ...about(said),
      ...at(span.endedAt),
      type: "score.given",
      on: key,
      mark: "verdict",
      name: said.name,
      value: said.verdict.passed,
      ...told("why", said.verdict.why),
    };
  if (isRoot)
    yield {
      ...ended,
      type: "turn.ended",
      key: turnKey(key),
      outcome: outcomeOf(failure, true),
    };
}

const outcomeOf = (failure: { readonly errorType: string } | null, passedOn: boolean): Outcome =>
  failure === null
    ? { status: "ok" }
    : { status: "error", errorType: failure.errorType, ...(passedOn ? { passedOn } : {}) };

type Ended = Omit<Extract<EventDraft, { readonly type: "model.ended" }>, "type">;

function* endCall(span: ReceivedSpan, said: ToldSpan, ended: Ended): Iterable<EventDraft> {
  const { model, finishReason, responseId, usage } = receivedCall(span.attributes);
  yield {
    ...ended,
    type: "model.ended",
    ...told("model", knowsServed(span) ? model : undefined),
    ...told("finishReason", finishReason),
    ...told("responseId", responseId ?? said.responseId?.slice(0, 200)),
  };
  if (usage === undefined) return;
  yield {
    ...about(said),
    ...at(span.endedAt),
    type: "usage.reported",
    on: said.key,
    mark: "call",
    basis: "call",
    usage,
    final: true,
  };
}
