import type { SentSpan } from "../intake/sent-span.ts";
import type { Loose } from "../loose.ts";
import { leftoverOf } from "../mapping/leftover.ts";
import { metadataIn } from "../mapping/metadata.ts";
import { type Observation, observationOf } from "../mapping/observation.ts";
import { type Spoken, spokenOn } from "../mapping/spoken.ts";
import { isTrue } from "../mapping/trace-fields.ts";
import { withToolsMoved } from "../tools/moved-tools.ts";

/** An event of the ingestion endpoint, not yet checked. */
export interface MadeEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly body: Loose;
}

/** What version 3 makes of a span: the observation, and a trace where it is a root or names anything of the trace. */
export function eventsOfSpan(span: SentSpan, now: number): readonly MadeEvent[] {
  const observation = observationOf(span, now);
  const trace = traceOf(span, observation);
  return [
    ...(trace === null ? [] : [{ ...eventOf(observation), type: "trace-create", body: trace }]),
    { ...eventOf(observation), body: observationBody(span, observation) },
  ];
}

function eventOf({ id, type, startTime }: Observation): Omit<MadeEvent, "body"> {
  return { id, type: `${type.toLowerCase()}-create`, timestamp: startTime };
}

/** What the server knows of the resource and the scope stands above what the sender put there; metadata of the trace goes to the trace alone. */
function observationBody(span: SentSpan, observation: Observation): Loose {
  const { providedUsageDetails: usageDetails, providedCostDetails: costDetails } = observation;
  const metadata = {
    ...metadataIn(span.attributes, "observation"),
    ...(span.ownScope ? {} : { attributes: leftoverOf(span.attributes) }),
    ...around(span),
  };
  const moved = withToolsMoved(spokenOn(span).input, metadata);
  return { ...observation, ...moved, usageDetails, costDetails };
}

const around = ({ resource, scope }: SentSpan): Loose => ({
  resourceAttributes: resource,
  scope,
});

/** The root's own content is the trace's; a span below it changes what it names, its empty words included. */
function traceOf(span: SentSpan, observation: Observation): Loose | null {
  const { attributes } = span;
  const isRoot =
    observation.parentObservationId === null || isTrue(attributes["langfuse.internal.as_root"]);
  const { traceId: id, startTime: timestamp, environment } = observation;
  const { traceName, name, userId, sessionId, tags, release, version } = observation;
  if (!isRoot && !namesTrace(attributes)) return { id, timestamp, environment };
  const shared = { id, timestamp, environment, userId, sessionId, tags, release, version };
  const said = metadataIn(attributes, "trace");
  if (!isRoot)
    return {
      ...shared,
      public: observation.public,
      name: traceName,
      metadata: { ...said, ...around(span) },
      input: attributes["langfuse.trace.input"],
      output: attributes["langfuse.trace.output"],
    };
  return {
    ...shared,
    public: observation.public,
    name: traceName ?? name,
    metadata: {
      ...said,
      ...metadataIn(attributes, "observation"),
      ...(span.ownScope ? {} : { attributes: leftoverOf(attributes) }),
      ...around(span),
    },
    ...spokenOnTrace(span),
  };
}

/** Its own words, each or else those of the observation; and only where neither says anything, what other conventions have. */
function spokenOnTrace(span: SentSpan): Spoken {
  const { attributes } = span;
  const said = (word: "input" | "output"): unknown =>
    attributes[`langfuse.trace.${word}`] || (attributes[`langfuse.observation.${word}`] ?? null);
  const [input, output] = [said("input"), said("output")];
  return input === null && output === null ? spokenOn(span) : { input, output };
}

const naming = [
  "langfuse.trace.name",
  "langfuse.trace.input",
  "langfuse.trace.output",
  "langfuse.trace.public",
  "langfuse.trace.tags",
  "langfuse.user.id",
  "langfuse.session.id",
  "user.id",
  "session.id",
  "langfuse.observation.metadata.langfuse_user_id",
  "langfuse.observation.metadata.langfuse_session_id",
  "langfuse.observation.metadata.langfuse_tags",
  "tag.tags",
];

function namesTrace(attributes: Loose): boolean {
  return (
    naming.some((key) => Boolean(attributes[key])) ||
    Object.keys(attributes).some((key) => key.startsWith("langfuse.trace.metadata"))
  );
}
