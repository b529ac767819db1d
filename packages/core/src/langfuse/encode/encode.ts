import { scope } from "../../otlp/encode/scope.ts";
import { observationAttributes } from "../../otlp/encode/overlays/langfuse/attributes.ts";
import type { Observation } from "../../otlp/encode/overlays/langfuse/observation.ts";
import { text } from "../../otlp/wire/key-value.ts";
import { nanosecondsOf } from "../../otlp/wire/nanoseconds.ts";
import { otlpKind, type OtlpSpan, otlpStatus, type TracesRequest } from "../../otlp/wire/otlp.ts";
import type { Span } from "../../run-tree/span.ts";
import type { ObservationEncoding } from "./observation-encoding.ts";
import { observationsOf } from "./observations.ts";

export interface EncodeObservationsOptions extends ObservationEncoding {
  /** Attributes of the service. Default: none. */
  readonly resource?: Readonly<Record<string, string>>;
  /** Whose observations they are. Default: `langfuse-sdk.spoor`, because of any other scope Langfuse repeats all attributes in the metadata. */
  readonly scopeName?: string;
}

const usualScopeName = "langfuse-sdk.spoor";

/** Spans as one OTLP request that Langfuse reads. Pure. Only names of Langfuse's own: it takes others for more than they say. */
export function encodeObservations(
  batch: readonly Span[],
  options: EncodeObservationsOptions,
): TracesRequest {
  const { resource = {}, scopeName = usualScopeName, ...encoding } = options;
  const observations = batch.flatMap((span) => observationsOf(span, encoding));
  return {
    resourceSpans: [
      {
        resource: {
          attributes: Object.entries(resource).flatMap(([name, value]) => text(name, value)),
        },
        scopeSpans: [{ scope: { ...scope, name: scopeName }, spans: observations.map(otlpSpanOf) }],
      },
    ],
  };
}

/** Nothing that Langfuse reads stands outside of the attributes but ids, name and times. */
function otlpSpanOf(observation: Observation): OtlpSpan {
  const { traceId, id, parentId, name, start, end, level } = observation;
  const startTimeUnixNano = start === null ? null : nanosecondsOf(start);
  const endTimeUnixNano = end === null ? null : nanosecondsOf(end);
  return {
    traceId,
    spanId: id,
    ...(parentId === null ? {} : { parentSpanId: parentId }),
    name: name.toWellFormed(),
    kind: otlpKind.internal,
    ...(startTimeUnixNano === null ? {} : { startTimeUnixNano }),
    ...(endTimeUnixNano === null ? {} : { endTimeUnixNano }),
    attributes: observationAttributes(observation),
    events: [],
    links: [],
    status: { code: level === "ERROR" ? otlpStatus.error : otlpStatus.unset },
  };
}
