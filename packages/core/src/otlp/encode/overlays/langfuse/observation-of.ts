import type { Span, SpanKind } from "../../../../run-tree/span.ts";
import type { JsonObject } from "../../../../vocabulary/json.ts";
import { textOf } from "../../json-text.ts";
import type { Told } from "../overlay.ts";
import { knownOf } from "../said-value.ts";
import type { Pricing } from "./cost-details.ts";
import { endingOf } from "./ending.ts";
import { generationOf, noGeneration } from "./generation.ts";
import { graphKeysOf } from "./graph-keys.ts";
import { inputOf, outputOf } from "./messages/chat.ts";
import { asMetadata } from "./messages/as-metadata.ts";
import type { Observation, ObservationType } from "./observation.ts";
import { observationTimesOf } from "./times.ts";
import { traceFieldsOf } from "./trace-fields.ts";

export interface ObservationOptions extends Pricing {
  /** The text of an error. Null: none was said, or it may not go out, or something else tells it. */
  readonly errorText?: string | null;
  /** Whether agents, tasks and steps of frameworks that know no supersteps are drawn as a graph. */
  readonly graph?: boolean;
}

/** What a span is to Langfuse. Pure: depends on the span, on what was said on it and on the options, and on no other span. */
export function observationOf(told: Told, options: ObservationOptions = {}): Observation {
  const { span, said } = told;
  const { errorText = null, graph = false } = options;
  const checked = traceFieldsOf(span, said.userId ?? null);
  const generation = span.kind === "model" ? generationOf(told, options) : noGeneration;
  const leftOut = [...checked.leftOut, ...generation.leftOut];
  const reason = said.detail === undefined ? null : textOf(said.detail);
  return {
    traceId: span.traceId,
    id: span.spanId,
    parentId: span.parentSpanId,
    isRoot: span.parentSpanId === null || isFirstActivation(span),
    type: typeOf(span),
    name: span.name,
    ...observationTimesOf(span),
    input: inputOf(told),
    output: outputOf(told),
    ...endingOf(span, span.status === "error" ? errorText : reason),
    ...generation.fields,
    ...checked.fields,
    metadata: {
      ...toldBesides(told),
      ...(leftOut.length === 0 ? {} : { "spoor.leftOut": leftOut.join("; ") }),
      ...graphKeysOf(span, said.native, graph),
    },
  };
}

const isFirstActivation = ({ kind, spanId, turnSpanId }: Span): boolean =>
  kind === "turn" && spanId === turnSpanId;

const types: Readonly<Partial<Record<SpanKind, ObservationType>>> = {
  tool: "tool",
  retrieval: "retriever",
  guardrail: "guardrail",
  agent: "agent",
  workflow: "chain",
  plan: "chain",
  step: "chain",
  task: "chain",
};

function typeOf({ kind, agent, operation }: Span): ObservationType {
  if (kind === "turn") return agent === null ? "chain" : "agent";
  if (kind === "model") return operation === "embeddings" ? "embedding" : "generation";
  return types[kind] ?? "span";
}

/** What was said that Langfuse has no field for. */
function toldBesides({ said }: Told): JsonObject {
  const { native, earlierInput, earlierOutput, expected } = said;
  const members = {
    expected_output: expected === undefined ? undefined : asMetadata(expected),
    "spoor.native": native === undefined ? undefined : asMetadata(native),
    "spoor.earlierInput": earlierInput,
    "spoor.earlierOutput": earlierOutput,
  };
  return knownOf(members) ?? {};
}
