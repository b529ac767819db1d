import { isRecord, type Loose } from "../loose.ts";
import { scoreProblems } from "./score-problems.ts";
import {
  anything,
  anyText,
  flag,
  id,
  maybe,
  moment,
  object,
  oneOf,
  parameters,
  problemsIn,
  type Shape,
  texts,
  textUpTo,
  whole,
} from "./shape.ts";

export interface IngestionEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly body: Loose;
}

const observation: Shape = {
  traceId: maybe(id),
  name: maybe(anyText),
  startTime: maybe(moment),
  metadata: anything,
  level: maybe(oneOf("DEBUG", "DEFAULT", "WARNING", "ERROR")),
  statusMessage: maybe(anyText),
  parentObservationId: maybe(anyText),
  version: maybe(anyText),
  id,
  input: anything,
  output: anything,
  environment: anything,
};
const span: Shape = { ...observation, endTime: maybe(moment) };
const generation: Shape = {
  ...span,
  completionStartTime: maybe(moment),
  model: maybe(anyText),
  modelParameters: maybe(parameters),
  usageDetails: maybe(object),
  costDetails: maybe(object),
  promptName: maybe(anyText),
  promptVersion: maybe(whole),
};
const trace: Shape = {
  id: maybe(id),
  timestamp: maybe(moment),
  name: maybe(textUpTo(1_000)),
  sessionId: maybe(anyText),
  userId: maybe(anyText),
  release: maybe(anyText),
  version: maybe(anyText),
  public: maybe(flag),
  tags: maybe(texts),
  metadata: anything,
  input: anything,
  output: anything,
  environment: anything,
};

const bodies: ReadonlyMap<string, Shape | null> = new Map<string, Shape | null>([
  ["trace-create", trace],
  ["event-create", observation],
  ["span-create", span],
  ["span-update", span],
  ["generation-create", generation],
  ["generation-update", generation],
  ["agent-create", generation],
  ["tool-create", generation],
  ["chain-create", generation],
  ["retriever-create", generation],
  ["evaluator-create", generation],
  ["embedding-create", generation],
  ["guardrail-create", generation],
  ["score-create", null],
  ["sdk-log", null],
]);

export type CheckedEvent = { readonly event: IngestionEvent } | { readonly problems: string };

/**
 * A prompt's name goes with its version, or the whole event is refused. Of a body, only the fields of its type are kept: what a generation has is lost on
 * a span or an event.
 */
export function checked(value: unknown): CheckedEvent {
  if (!isRecord(value)) return { problems: "expected an event to be an object" };
  const { type, body } = value;
  const shape = bodies.get(String(type));
  if (shape === undefined) return { problems: `expected a known type, received ${String(type)}` };
  if (!isRecord(body)) return { problems: "expected an event to have a body" };
  const problems = [
    ...problemsIn(value, { id, timestamp: moment }),
    ...(shape === null ? [] : problemsIn(body, shape)),
    ...(shape === generation && Boolean(body["promptName"]) !== Boolean(body["promptVersion"])
      ? ["expected promptName and promptVersion together"]
      : []),
    ...(type === "score-create" ? scoreProblems(body) : []),
  ];
  if (problems.length > 0) return { problems: problems.join("; ") };
  const event = value as unknown as IngestionEvent;
  return { event: shape === null ? event : { ...event, body: onlyOf(body, shape) } };
}

const onlyOf = (body: Loose, shape: Shape): Loose =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name in shape));
