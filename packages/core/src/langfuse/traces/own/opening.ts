import type { EventDraft, Key, ModelOperation } from "../../../vocabulary/event.ts";
import type { JsonObject, JsonValue } from "../../../vocabulary/json.ts";
import type { SpanFacts } from "../../facts/span-facts.ts";
import { metadataOf } from "../native.ts";
import { type Known, type Reading, source } from "../reading.ts";
import { known, objectIn, parsed, type Row, textOf } from "../row.ts";
import { contextOf } from "./context.ts";
import { workKindOf } from "./family.ts";
import { nativeIn } from "./native-said.ts";
import { linksIn, parentIn, resumesIn } from "./place.ts";
import { spokenIn, valueIn } from "./said.ts";
import { timeIn } from "./times.ts";

/** How a span began, as its facts and its row tell. `causedBy`: where that is known already. */
export function openingOf(
  reading: Reading,
  row: Row,
  facts: SpanFacts,
  { session, key, family }: Known,
  causedBy: Key | undefined,
): EventDraft {
  const { agent, attempt } = facts;
  const opening = {
    session,
    source,
    key,
    name: textOf(row["name"]) ?? key,
    ...timeIn(row, facts, "startedAt"),
    ...parentIn(reading, row, session, facts),
    ...known({ agent, attempt, causedBy, native: nativeIn(metadataOf(row)) }),
  };
  const input = spokenIn(row, "input");
  switch (family) {
    case "turn":
      return {
        ...opening,
        ...known({ input }),
        type: "turn.started",
        ...labelsIn(row, facts),
        ...known({ trigger: facts.trigger }),
        ...linksIn(facts),
        ...resumesIn(reading, key, facts),
      };
    case "model":
      return {
        ...opening,
        ...sentIn(reading, facts, { session, agent }, input),
        type: "model.started",
        ...known({ provider: facts.provider, requestModel: facts.requestModel }),
        ...known({ operation: operationIn(facts) }),
        ...known({ promptName: facts.promptName, promptVersion: facts.promptVersion }),
        ...known({ parameters: parametersIn(row) }),
      };
    case "tool":
      return {
        ...opening,
        ...known({ input }),
        type: "tool.started",
        ...known({ toolCallId: facts.toolCallId }),
      };
    case "work":
      return {
        ...opening,
        ...known({ input }),
        type: "work.started",
        kind: workKindOf(facts.kind ?? ""),
        ...linksIn(facts),
        ...known({ expected: valueIn(metadataOf(row)["expected_output"]) }),
      };
    default:
      return family satisfies never;
  }
}

const operations: ReadonlySet<string> = new Set<ModelOperation>([
  "chat",
  "text_completion",
  "embeddings",
]);

/** One that is not known here is not told. */
const operationIn = ({ operation = "" }: SpanFacts): ModelOperation | null =>
  operations.has(operation) ? (operation as ModelOperation) : null;

function labelsIn(row: Row, facts: SpanFacts): object {
  const { feature, tags = [], environment, release, agentVersion } = facts;
  return {
    ...known({ userId: textOf(row["userId"]), feature, environment, release, agentVersion }),
    ...(tags.length === 0 ? {} : { tags }),
  };
}

/** Where no context was recorded, what went in is the input. */
function sentIn(
  reading: Reading,
  { context }: SpanFacts,
  call: { readonly session: string; readonly agent: string | undefined },
  input: JsonValue | undefined,
): object {
  return context === undefined
    ? known({ input })
    : { context: contextOf(reading, call, input, context) };
}

/** Langfuse keeps texts and numbers, and anything else as its JSON text. */
function parametersIn(row: Row): JsonValue | undefined {
  const parameters = objectIn(row["modelParameters"]);
  const names = Object.keys(parameters);
  if (names.length === 0) return undefined;
  const read = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, parameterIn(value)]),
  );
  return names.length === 1 && names[0] === "parameters" ? read["parameters"] : read;
}

function parameterIn(value: JsonObject[string]): JsonValue {
  const read = typeof value === "string" ? parsed(value) : undefined;
  const isWritten = typeof read === "boolean" || (typeof read === "object" && read !== null);
  return isWritten ? (read as JsonValue) : value;
}
