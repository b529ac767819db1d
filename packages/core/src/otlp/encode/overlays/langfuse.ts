import type { Span, SpanKind } from "../../../run-tree/span.ts";
import { type KeyValue, text, texts } from "../../wire/key-value.ts";
import { countsOf } from "./counts.ts";
import type { Overlay, Told } from "./overlay.ts";
import { inputOf, json, knownOf, outputOf, words } from "./said-value.ts";

/** Langfuse reads these before all others. Tokens are in disjoint buckets, because it adds them up, under names that its price lists have. */
export const langfuse: Overlay = ({ span, said }) => [
  ...text("langfuse.observation.type", typeOf(span)),
  ...words("langfuse.observation.input", inputOf(said)),
  ...words("langfuse.observation.output", outputOf(said)),
  ...(span.status === "error" ? text("langfuse.observation.level", "ERROR") : []),
  ...(span.kind === "model" ? generation({ span, said }) : []),
  ...(span.sessionInferred ? [] : text("langfuse.session.id", span.session)),
  ...words("langfuse.user.id", said.userId),
  ...text("langfuse.environment", environmentOf(span)),
  ...text("langfuse.release", span.labels.release),
  ...text("langfuse.version", span.labels.agentVersion),
  ...texts("langfuse.trace.tags", span.labels.tags),
  ...(span.kind === "turn" ? text("langfuse.trace.name", span.agent ?? span.name) : []),
];

function generation({ span, said }: Told): readonly KeyValue[] {
  const counts = countsOf(span.usage);
  const began = span.firstOutputAt === null ? null : timeOf(span.firstOutputAt);
  return [
    ...text("langfuse.observation.model.name", span.model ?? span.requestModel),
    ...json("langfuse.observation.model.parameters", said.parameters),
    ...text("langfuse.observation.completion_start_time", began),
    ...(counts === null
      ? []
      : json(
          "langfuse.observation.usage_details",
          knownOf({
            input: counts.input,
            input_cache_read: counts.cacheRead,
            input_cache_creation: counts.cacheWrite,
            output: counts.output,
            total: counts.total,
          }),
        )),
  ];
}

const types: Readonly<Partial<Record<SpanKind, string>>> = {
  model: "generation",
  tool: "tool",
  retrieval: "retriever",
  guardrail: "guardrail",
  agent: "agent",
  workflow: "chain",
  step: "chain",
  task: "chain",
};

function typeOf({ kind, agent }: Span): string {
  return kind === "turn" ? (agent === null ? "chain" : "agent") : (types[kind] ?? "span");
}

/** It files under `default` what it does not accept, so that is left for the conventions' own attribute to say. */
function environmentOf({ labels }: Span): string | null {
  const { environment } = labels;
  return environment !== null && /^(?!langfuse)[a-z0-9_-]{1,40}$/.test(environment)
    ? environment
    : null;
}

function timeOf(ms: number): string | null {
  const time = new Date(ms);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
