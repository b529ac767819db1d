import type { ContentReader } from "../../journal/content.ts";
import { inWords } from "../../journal/in-words.ts";
import type { Observation } from "../../otlp/encode/overlays/langfuse/observation.ts";
import { asMetadata } from "../../otlp/encode/overlays/langfuse/messages/as-metadata.ts";
import { withoutBytes } from "../../otlp/encode/overlays/langfuse/messages/without-bytes.ts";
import { timeOrNull } from "../../otlp/encode/overlays/langfuse/times.ts";
import { contentFieldsOf } from "../../vocabulary/content-fields.ts";
import type { AgentEvent, Held } from "../../vocabulary/event.ts";
import type { JsonObject, JsonValue } from "../../vocabulary/json.ts";
import { factsOfMark, type ToldMark } from "../facts/mark-facts.ts";
import { beneath } from "./beneath.ts";
import { derivedId } from "./derived-id.ts";
import { noticeOf } from "./mark-notice.ts";

/** A mark as an observation without length beneath that of its span. One without a time stands where the span begins. */
export function markObservation(mark: ToldMark, { order, span, content }: MarkPlace): Observation {
  const at = timeOrNull(mark.at?.ms ?? null) ?? span.start;
  const said = content === null ? {} : saidIn(mark, content);
  const { native, ...words } = said;
  return {
    ...beneath(span),
    id: derivedId("mark", mark.id),
    type: "event",
    name: mark.type,
    start: at,
    end: at,
    input: valueOf(mark.type, words),
    ...noticeOf(mark),
    metadata: {
      ...factsOfMark(mark, order),
      ...(native === undefined ? {} : { "spoor.native": asMetadata(native) }),
    },
  };
}

export interface MarkPlace {
  /** Among the marks of the span. */
  readonly order: number;
  /** The observation of its span. */
  readonly span: Observation;
  /** Null: nothing of what was said goes out. */
  readonly content: ContentReader | null;
}

/** What was said, by the vocabulary's own names. */
function saidIn(mark: ToldMark, content: ContentReader): JsonObject {
  const fields = mark as AgentEvent & Readonly<Record<string, Held | undefined>>;
  const said = contentFieldsOf(mark.type).flatMap((name): readonly [string, JsonValue][] => {
    const held = fields[name];
    return held === undefined ? [] : [[name, withoutBytes(inWords(content.read(held)))]];
  });
  return Object.fromEntries(said);
}

/** Where a mark of its kind can say but one thing, that; else all it says, by name. */
function valueOf(type: ToldMark["type"], words: JsonObject): JsonValue | undefined {
  const values = Object.values(words);
  if (values.length === 0) return undefined;
  const isOnlyField = contentFieldsOf(type).filter((name) => name !== "native").length === 1;
  return isOnlyField ? values[0] : words;
}
