import type { EventDraft, JsonObject } from "@spoor/core";
import { content, type Fields, isText } from "../../reading/narrow.ts";
import { type Placed, said } from "./place.ts";

/** A word that the vocabulary has none for. */
export function noted(placed: Placed): EventDraft {
  const { event, id } = placed;
  return {
    ...said(placed),
    type: "native.noted",
    on: placed.on ?? null,
    mark: id,
    name: event.type.slice(0, 200),
    ...content("native", plainFields(event.fields)),
  };
}

/** Objects of CrewAI's own, which hold the keys of its models. */
const live =
  /^(?:agent|agents|task|tasks|crew|flow|llm|eval_llm|tools?|callbacks|source|state|agent_info|guardrail|messages|_rec)$/;
const longest = 2000;

/** Numbers, and short texts that are no object in Python's notation: the rest of what is not known is not looked at. */
function plainFields(fields: Fields): JsonObject | undefined {
  const plain = Object.entries(fields).filter(
    ([name, value]) =>
      !live.test(name) &&
      !envelope.has(name) &&
      (typeof value === "number" ||
        typeof value === "boolean" ||
        (isText(value) && isPlain(value))),
  );
  return plain.length === 0 ? undefined : (Object.fromEntries(plain) as JsonObject);
}

const isPlain = (text: string): boolean =>
  text !== "" && text.length <= longest && !/\w+=['"(<\w]|<[\w.]+ object at /.test(text);

const envelope: ReadonlySet<string> = new Set([
  "type",
  "timestamp",
  "event_id",
  "parent_event_id",
  "started_event_id",
  "previous_event_id",
  "triggered_by_event_id",
  "emission_sequence",
  "source_type",
  "source_fingerprint",
  "fingerprint_metadata",
  "task_name",
]);
