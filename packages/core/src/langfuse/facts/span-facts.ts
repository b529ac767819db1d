import { answeringModel } from "../../cost/answering-model.ts";
import type { Span, SpanLink } from "../../run-tree/span.ts";
import type { JsonObject } from "../../vocabulary/json.ts";
import type { Usage } from "../../vocabulary/usage.ts";
import { type ContextFact, contextFactOf, contextForm } from "./context-fact.ts";
import { factsIn, many, one, type TableOf, told } from "./fact.ts";
import { flag, number, text, usage } from "./form.ts";
import { linkForm } from "./link-fact.ts";
import { millisecondsLost } from "./exact-time.ts";
import { countersOf, type TotalFact, totalForm, totalsOf } from "./usage-facts.ts";

/**
 * What is told of a span beside what Langfuse has fields for. Content is not among it. Names are those of the span, so that who reads the metadata
 * of an observation finds them where spans are described. Absent: not known, or nothing that Langfuse's own fields do not tell.
 */
export interface SpanFacts {
  readonly kind?: string;
  readonly key?: string;
  /** Other names of the same span. */
  readonly otherKeys?: readonly string[];
  /** Only where Langfuse is not told it as its own session, because nobody gave it or because it takes no such id. */
  readonly session?: string;
  readonly sessionInferred?: boolean;
  readonly status?: string;
  readonly errorType?: string;
  readonly errorPassedOn?: boolean;
  readonly agent?: string;
  readonly causedBy?: string;
  readonly attempt?: number;
  /** Only where milliseconds do not tell it. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly firstOutputAt?: number;
  readonly inferred?: readonly string[];
  /** Times that stand there only because Langfuse has to be told one. */
  readonly unknown?: readonly string[];
  /** The one that answered. In Langfuse's field what was asked for may stand instead. */
  readonly model?: string;
  readonly requestModel?: string;
  readonly provider?: string;
  readonly operation?: string;
  readonly promptName?: string;
  readonly promptVersion?: string;
  readonly finishReason?: string;
  readonly responseId?: string;
  readonly toolCallId?: string;
  readonly usage?: Usage;
  readonly usageFinal?: boolean;
  /** The counters that cover a call. */
  readonly meters?: readonly string[];
  /** What counters read on a turn. */
  readonly totals?: readonly TotalFact[];
  readonly context?: ContextFact;
  /** The first activation of the turn, where this is another one. */
  readonly turn?: string;
  readonly continuation?: string;
  readonly trigger?: string;
  readonly links?: readonly SpanLink[];
  readonly unsampled?: boolean;
  readonly feature?: string;
  readonly tags?: readonly string[];
  readonly environment?: string;
  readonly release?: string;
  readonly agentVersion?: string;
}

const table: TableOf<SpanFacts> = {
  kind: one(text),
  key: one(text),
  otherKeys: many(text),
  session: one(text),
  sessionInferred: one(flag),
  status: one(text),
  errorType: one(text),
  errorPassedOn: one(flag),
  agent: one(text),
  causedBy: one(text),
  attempt: one(number),
  startedAt: one(number),
  endedAt: one(number),
  firstOutputAt: one(number),
  inferred: many(text),
  unknown: many(text),
  model: one(text),
  requestModel: one(text),
  provider: one(text),
  operation: one(text),
  promptName: one(text),
  promptVersion: one(text),
  finishReason: one(text),
  responseId: one(text),
  toolCallId: one(text),
  usage: one(usage),
  usageFinal: one(flag),
  meters: many(text),
  totals: many(totalForm),
  context: one(contextForm),
  turn: one(text),
  continuation: one(text),
  trigger: one(text),
  links: many(linkForm),
  unsampled: one(flag),
  feature: one(text),
  tags: many(text),
  environment: one(text),
  release: one(text),
  agentVersion: one(text),
};

/** The facts of a span, for the metadata of its observation: one flat object. `isContextShort`: of its context only what was added goes out. */
export function factsOf(span: Span, isContextShort: boolean = false): JsonObject {
  const { context, turnSpanId, spanId } = span;
  const facts: SpanFacts = {
    kind: span.kind,
    key: span.key,
    otherKeys: otherKeysOf(span),
    ...(isLangfuseSession(span) ? {} : { session: span.session }),
    ...(span.sessionInferred ? { sessionInferred: true } : {}),
    status: span.status,
    ...(span.errorPassedOn ? { errorPassedOn: true } : {}),
    ...known("errorType", span.errorType),
    ...known("agent", span.agent),
    ...known("causedBy", span.causedBy),
    ...known("attempt", span.attempt),
    ...timesOf(span),
    inferred: span.inferred,
    unknown: unknownTimesOf(span),
    ...known("model", span.kind === "model" ? answeringModel(span) : null),
    ...known("requestModel", span.requestModel),
    ...known("provider", span.provider),
    ...known("operation", span.operation),
    ...known("promptName", span.promptName),
    ...known("promptVersion", span.promptVersion),
    ...known("finishReason", span.finishReason),
    ...known("responseId", span.responseId),
    ...known("toolCallId", span.toolCallId),
    ...known("usage", span.usage),
    ...(span.usage === null ? {} : { usageFinal: span.usageFinal }),
    meters: countersOf(span),
    totals: totalsOf(span),
    ...known("context", context && contextFactOf(context, isContextShort)),
    ...known("turn", span.kind === "turn" && turnSpanId !== spanId ? turnSpanId : null),
    ...known("continuation", span.continuation),
    ...known("trigger", span.trigger),
    links: span.links,
    ...(span.unsampled ? { unsampled: true } : {}),
    ...labelsOf(span),
  };
  return told(table, facts);
}

/** The facts in the metadata of an observation. Null: it is none of a span of ours. */
export function spanFactsIn(metadata: JsonObject): SpanFacts | null {
  const facts = factsIn(table, metadata);
  return facts.kind === undefined || !facts.key ? null : facts;
}

/** Langfuse drops a session's id that is longer, or no plain ASCII. */
function isLangfuseSession({
  session,
  sessionInferred,
}: Pick<Span, "session" | "sessionInferred">): boolean {
  return !sessionInferred && /^[\x20-\x7e]{1,200}$/.test(session);
}

function known<Name extends keyof SpanFacts>(
  name: Name,
  value: SpanFacts[Name] | null,
): Pick<SpanFacts, Name> | object {
  return value === null ? {} : { [name]: value };
}

/** As far as amendments tell them, which are what makes one span of two names. */
function otherKeysOf({ key, marks }: Span): readonly string[] {
  const named = marks.flatMap((mark) =>
    mark.type === "span.amended" && mark.alias !== undefined ? [mark.on, mark.alias] : [],
  );
  return [...new Set(named)].filter((name) => name !== key);
}

/** Langfuse keeps whole milliseconds, and an end that is not before its start. */
function timesOf({ startedAt, endedAt, firstOutputAt }: Span): SpanFacts {
  const isReversed = startedAt !== null && endedAt !== null && endedAt < startedAt;
  return {
    ...known("startedAt", millisecondsLost(startedAt)),
    ...known("endedAt", isReversed ? endedAt : millisecondsLost(endedAt)),
    ...known("firstOutputAt", millisecondsLost(firstOutputAt)),
  };
}

const unknownTimesOf = ({ startedAt, endedAt }: Span): readonly string[] => [
  ...(startedAt === null ? ["startedAt"] : []),
  ...(endedAt === null ? ["endedAt"] : []),
];

/** Once a turn: what lies in it has them from there. Langfuse's own fields may be filled in by the server, and do not take all that these do. */
function labelsOf({ kind, turnSpanId, labels }: Span): SpanFacts {
  if (kind !== "turn" && turnSpanId !== null) return {};
  return {
    ...known("feature", labels.feature),
    tags: labels.tags,
    ...known("environment", labels.environment),
    ...known("release", labels.release),
    ...known("agentVersion", labels.agentVersion),
  };
}
