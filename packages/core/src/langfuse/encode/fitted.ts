import { Buffer } from "node:buffer";
import { jsonIn } from "../../otlp/encode/json-in.ts";
import { jsonText, textOf } from "../../otlp/encode/json-text.ts";
import { textLength } from "../../otlp/encode/text-length.ts";
import type { Observation } from "../../otlp/encode/overlays/langfuse/observation.ts";
import { jsonWithin } from "../../recorder/cut-text.ts";
import type { JsonObject, JsonValue } from "../../vocabulary/json.ts";

/**
 * An observation of which no field has more than so many bytes: of long texts head and tail are left, and JSON stays JSON. Which fields were
 * shortened stands in the metadata.
 */
export function fitted(observation: Observation, most: number): Observation {
  const cut: string[] = [];
  const field = <Value extends JsonValue | undefined>(name: string, value: Value): Value => {
    if (value === undefined || !isLonger(value, most)) return value;
    cut.push(name);
    return shortened(value, most) as Value;
  };
  /** An object stays one: each of what stands in it has its share. */
  const members = (name: string, object: JsonObject): JsonObject => {
    if (!isLonger(object, most)) return object;
    cut.push(name);
    const share = Math.floor(most / Object.keys(object).length);
    return Object.fromEntries(
      Object.entries(object).map(([key, member]) => [
        key,
        isLonger(member, share) ? shortened(member, share) : member,
      ]),
    );
  };
  const { modelParameters, metadata } = observation;
  const fits = {
    ...observation,
    input: field("input", observation.input),
    output: field("output", observation.output),
    statusMessage: field("statusMessage", observation.statusMessage),
    modelParameters: modelParameters && members("modelParameters", modelParameters),
    metadata: members("metadata", metadata),
  };
  if (cut.length === 0) return observation;
  return { ...fits, metadata: { ...fits.metadata, "spoor.cut": cut.join(", ") } };
}

/** The most bytes that a character has as JSON text, where it is escaped. */
const mostBytesEach = 6;

/** Makes no text where the length alone tells. */
function isLonger(value: JsonValue, most: number): boolean {
  const enough = Math.floor(most / mostBytesEach);
  return textLength(value, enough) > enough && Buffer.byteLength(textOf(value)) > most;
}

/** A text that is JSON is shortened as what it says. */
function shortened(value: JsonValue, most: number): JsonValue {
  if (typeof value !== "string") return parsed(jsonWithin(value, jsonText(value), most));
  const said = /^\s*[[{]/.test(value) ? jsonIn(value, mostLevels) : undefined;
  if (said !== undefined) return jsonWithin(said, value, most);
  return parsed(jsonWithin(value, jsonText(value), most));
}

const mostLevels = 1_024;

const parsed = (json: string): JsonValue => JSON.parse(json) as JsonValue;
