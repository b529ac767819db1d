import type { EventDraft, WorkKind } from "../../../vocabulary/event.ts";
import { parentOf, traceOf, typeOf } from "../native.ts";
import { type Family, type Known, type Reading, source } from "../reading.ts";
import { known, objectIn, type Row, textOf, timeOf } from "../row.ts";
import { leftOver } from "./left-over.ts";
import { outcomeOf } from "./outcome.ts";
import { contextIn, saidIn } from "./said.ts";
import { usageOf } from "./usage.ts";

/** What of an observation has a word of its own, or stands with its trace. */
const told: ReadonlySet<string> = new Set(
  "id traceId type name startTime endTime completionStartTime parentObservationId input output statusMessage model providedModelName modelParameters usageDetails usage costDetails providedUsageDetails providedCostDetails totalCost promptName promptVersion sessionId userId tags environment release version".split(
    " ",
  ),
);

/** What somebody else has sent, in the format's own words; whatever these leave out is passed on. */
export function* translateObservation(reading: Reading, row: Row): Iterable<EventDraft> {
  const turn = reading.turns.get(traceOf(row));
  if (!turn) return;
  const type = typeOf(row);
  const parentId = parentOf(row);
  const above = (parentId === null ? null : reading.observations.get(parentId)) ?? turn;
  const id = textOf(row["id"]) ?? "";
  if (type === "EVENT") {
    reading.observations.set(id, above);
    yield noted(row, id, above);
    return;
  }
  const span: Known = { session: turn.session, key: id, family: families[type] ?? "work" };
  reading.observations.set(id, span);
  const parent = above.session === span.session ? above.key : turn.key;
  yield opened(row, type, span, parent);
  if (span.family === "model") yield* counted(row, span);
  const ms = timeOf(row["endTime"]);
  if (ms !== null) yield closed(row, span, ms);
}

const families: Readonly<Partial<Record<string, Family>>> = {
  GENERATION: "model",
  EMBEDDING: "model",
  TOOL: "tool",
};

const workKinds: Readonly<Partial<Record<string, WorkKind>>> = {
  AGENT: "agent",
  RETRIEVER: "retrieval",
  GUARDRAIL: "guardrail",
};

/** A chain in a chain is a step of it. */
function workKindOf(type: string, row: Row): WorkKind {
  if (type === "CHAIN") return parentOf(row) === null ? "workflow" : "step";
  return workKinds[type] ?? "other";
}

function opened(
  row: Row,
  type: string,
  { session, key, family }: Known,
  parent: string,
): EventDraft {
  const name = textOf(row["name"]) ?? type.toLowerCase();
  const ms = timeOf(row["startTime"]);
  const input = saidIn(row["input"]);
  const left = leftOver(row, told);
  const isToldByKind = family === "model" || type === "TOOL" || type in workKinds;
  const opening = {
    session,
    source,
    key,
    name,
    parent,
    ...(ms === null ? {} : { at: { ms } }),
    ...known({ native: isToldByKind ? left : { type, ...objectIn(left) } }),
  };
  if (family === "tool") return { ...opening, type: "tool.started", ...known({ input }) };
  if (family === "model") {
    const operation = type === "EMBEDDING" ? ({ operation: "embeddings" } as const) : {};
    return { ...opening, type: "model.started", ...operation, ...requestIn(row) };
  }
  const kind = workKindOf(type, row);
  const agent = kind === "agent" ? { agent: name } : {};
  return { ...opening, ...agent, type: "work.started", kind, ...known({ input }) };
}

/** Which model was asked, as far as integrations tell: which one has answered they mostly do not. */
function requestIn(row: Row): object {
  const input = saidIn(row["input"]);
  const context = contextIn(input);
  const parameters = objectIn(row["modelParameters"]);
  const version = row["promptVersion"];
  return {
    ...known({
      requestModel: textOf(row["model"]) ?? textOf(row["providedModelName"]),
      promptName: textOf(row["promptName"]),
      promptVersion: typeof version === "number" ? String(version) : textOf(version),
      parameters: Object.keys(parameters).length === 0 ? null : parameters,
    }),
    ...(context ? { context } : known({ input })),
  };
}

function* counted(row: Row, { session, key }: Known): Iterable<EventDraft> {
  const about = { session, source, on: key };
  const began = timeOf(row["completionStartTime"]);
  if (began !== null) yield { ...about, type: "output.began", mark: "output", at: { ms: began } };
  const used = usageOf(row);
  if (used) yield { ...about, ...used, type: "usage.reported", mark: "call", basis: "call" };
}

function closed(row: Row, { session, key, family }: Known, ms: number): EventDraft {
  return {
    type: `${family}.ended`,
    session,
    source,
    key,
    at: { ms },
    ...outcomeOf(row),
    ...known({ output: saidIn(row["output"]) }),
  };
}

/** A point in time that only its sender knows the meaning of. */
function noted(row: Row, id: string, { session, key }: Known): EventDraft {
  const ms = timeOf(row["startTime"]);
  const { input, output, statusMessage } = row;
  const left = objectIn(leftOver(row, told));
  const native = {
    ...known({
      input: saidIn(input),
      output: saidIn(output),
      statusMessage: textOf(statusMessage),
    }),
    ...left,
  };
  return {
    type: "native.noted",
    session,
    source,
    on: key,
    mark: id,
    name: textOf(row["name"]) ?? "event",
    ...(ms === null ? {} : { at: { ms } }),
    ...(Object.keys(native).length === 0 ? {} : { native }),
  };
}
