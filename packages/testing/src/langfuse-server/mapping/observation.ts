import type { SentSpan } from "../intake/sent-span.ts";
import { asText, type Loose, parsed } from "../loose.ts";
import { callsIn } from "../tools/tool-calls.ts";
import { definitionsIn } from "../tools/tool-definitions.ts";
import { withToolsMoved } from "../tools/moved-tools.ts";
import { costIn } from "./cost.ts";
import { leftoverOf } from "./leftover.ts";
import { type Level, levelOf } from "./level.ts";
import { flattened, metadataIn } from "./metadata.ts";
import { isSummed, modelIn, parametersIn, type PromptLink, promptIn } from "./model.ts";
import { type ObservationType, observationType } from "./observation-type.ts";
import { spokenOn } from "./spoken.ts";
import { firstOutputTime, type Times, timesOf } from "./times.ts";
import { isTrue, type TraceFields, traceFieldsOf } from "./trace-fields.ts";
import { type Counts, usageIn } from "./usage.ts";

/** A span in Langfuse's terms, before anything is priced. */
export interface Observation extends TraceFields, Times, PromptLink {
  readonly id: string;
  readonly traceId: string;
  readonly parentObservationId: string | null;
  readonly isAppRoot: boolean;
  readonly type: ObservationType;
  readonly name: string;
  readonly level: Level;
  readonly statusMessage: string | null;
  readonly completionStartTime: string | null;
  readonly model: string | null;
  readonly modelParameters: unknown;
  readonly providedUsageDetails: Counts;
  readonly providedCostDetails: Loose;
  /** Text; what the server put together itself is JSON. */
  readonly input: string | null;
  readonly output: string | null;
  /** Names and values of the columns; where a name comes twice, the first one is read. */
  readonly metadata: readonly (readonly [string, string])[];
  /** The names of the tools that were offered, and the calls that were asked for. */
  readonly toolDefinitions: Readonly<Record<string, string>>;
  readonly toolCalls: readonly string[];
  readonly toolCallNames: readonly string[];
}

/** Each rule stands in a file of its own beside this one. `now` is the server's clock, for spans that know no time. */
export function observationOf(span: SentSpan, now: number): Observation {
  const { attributes, resource } = span;
  const type = observationType(attributes);
  const summed = isSummed(attributes);
  const spoken = spokenOn(span);
  const { input, metadata } = withToolsMoved(spoken.input, metadataOf(span));
  const times = timesOf(span.start, span.end, now);
  return {
    ...traceFieldsOf(attributes, resource),
    ...times,
    ...promptIn(attributes, type),
    id: span.spanId,
    traceId: span.traceId,
    parentObservationId: span.parentSpanId,
    isAppRoot: isTrue(attributes["langfuse.internal.is_app_root"]),
    type,
    name: nameOf(span),
    level: levelOf(span),
    statusMessage: statusMessageOf(span),
    completionStartTime: firstOutputTime(attributes["langfuse.observation.completion_start_time"]),
    model: summed ? null : modelIn(attributes),
    modelParameters: parametersIn(attributes),
    providedUsageDetails: summed ? {} : usageIn(attributes),
    providedCostDetails: summed ? {} : costIn(attributes),
    input: columnOf(input),
    output: columnOf(spoken.output),
    metadata: flattened(metadata),
    ...toolsOf(input, spoken.output),
  };
}

/** The name of a tool stands in place of the span's own. */
function nameOf({ name, attributes }: SentSpan): string {
  const tool = attributes["gen_ai.tool.name"];
  return tool ? asText(tool) : name;
}

function statusMessageOf({ attributes, statusMessage }: SentSpan): string | null {
  const said = attributes["langfuse.observation.status_message"] ?? statusMessage;
  return said === null ? null : asText(said);
}

/** What the sender put there stands above what the server knows of the resource and the scope. */
function metadataOf({ attributes, resource, scope, ownScope }: SentSpan): Loose {
  return {
    ...(ownScope ? {} : { attributes: leftoverOf(attributes) }),
    resourceAttributes: resource,
    scope,
    ...metadataIn(attributes, "observation"),
    ...metadataIn(attributes, "trace"),
  };
}

/** The tools that were offered, and those that were asked for. */
export function toolsOf(
  input: unknown,
  output: unknown,
): Pick<Observation, "toolDefinitions" | "toolCalls" | "toolCallNames"> {
  const definitions = definitionsIn(parsed(input)).map(
    ({ name, description, parameters }) =>
      [name, JSON.stringify({ description, parameters })] as const,
  );
  const calls = callsIn(parsed(output));
  return {
    toolDefinitions: Object.fromEntries(definitions),
    toolCalls: calls.map(({ id, arguments: given, type, index }) =>
      JSON.stringify({ id, arguments: given, type, index }),
    ),
    toolCallNames: calls.map(({ name }) => name),
  };
}

const columnOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : asText(value);
