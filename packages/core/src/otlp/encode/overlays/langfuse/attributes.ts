import { flag, integer, type KeyValue, text, texts } from "../../../wire/key-value.ts";
import { json, words } from "../said-value.ts";
import type { Observation } from "./observation.ts";

/** An observation under the names that Langfuse reads before all others. What is unknown, and what is its own default, is absent. */
export function observationAttributes(observation: Observation): readonly KeyValue[] {
  const { level, metadata } = observation;
  return [
    ...text(name("type"), observation.type),
    ...words(name("input"), observation.input),
    ...words(name("output"), observation.output),
    ...text(name("level"), level === "DEFAULT" ? null : level),
    ...text(name("status_message"), observation.statusMessage),
    ...generationAttributes(observation),
    ...(Object.keys(metadata).length === 0 ? [] : json(name("metadata"), metadata)),
    ...traceAttributes(observation),
    ...(observation.isRoot ? rootAttributes : []),
  ];
}

const name = (field: string): string => `langfuse.observation.${field}`;

function generationAttributes(observation: Observation): readonly KeyValue[] {
  const { firstOutputAt, modelParameters, usageDetails, costDetails } = observation;
  return [
    ...text(name("model.name"), observation.model),
    ...json(name("model.parameters"), modelParameters ?? undefined),
    ...text(name("completion_start_time"), firstOutputAt === null ? null : isoOf(firstOutputAt)),
    ...json(name("usage_details"), usageDetails ?? undefined),
    ...json(name("cost_details"), costDetails ?? undefined),
    ...text(name("prompt.name"), observation.promptName),
    ...integer(name("prompt.version"), observation.promptVersion),
  ];
}

function traceAttributes(observation: Observation): readonly KeyValue[] {
  return [
    ...text("langfuse.trace.name", observation.traceName),
    ...text("langfuse.session.id", observation.sessionId),
    ...text("langfuse.user.id", observation.userId),
    ...texts("langfuse.trace.tags", observation.tags),
    ...text("langfuse.environment", observation.environment),
    ...text("langfuse.release", observation.release),
    ...text("langfuse.version", observation.version),
  ];
}

/** The name of version 4, and that of version 3. */
const rootAttributes: readonly KeyValue[] = [
  ...flag("langfuse.internal.is_app_root", true),
  ...flag("langfuse.internal.as_root", true),
];

function isoOf(ms: number): string | null {
  const time = new Date(ms);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
