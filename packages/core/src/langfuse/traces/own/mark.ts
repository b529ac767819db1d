import type { At, EventDraft } from "../../../vocabulary/event.ts";
import { contentFieldsOf } from "../../../vocabulary/content-fields.ts";
import { isRecord, type JsonObject, type JsonValue } from "../../../vocabulary/json.ts";
import type { MarkFacts } from "../../facts/mark-facts.ts";
import { metadataOf, parentOf } from "../native.ts";
import { type Reading, source } from "../reading.ts";
import { known, type Row, timeOf } from "../row.ts";
import { nativeIn } from "./native-said.ts";
import { valueIn } from "./said.ts";

/** A mark that Spoor has sent, as it was. One whose span is not in the document cannot be placed, and says nothing. */
export function* translateMark(reading: Reading, row: Row, facts: MarkFacts): Iterable<EventDraft> {
  const spanId = parentOf(row) ?? "";
  const span = reading.observations.get(spanId);
  if (!span) return;
  const { type, mark, fields } = facts;
  const about = {
    session: span.session,
    source: facts.source ?? source,
    on: span.key,
    mark,
    ...atIn(row, facts),
    ...known({ native: nativeIn(metadataOf(row)) }),
  };
  if (fields === null) {
    yield {
      ...about,
      type: "native.noted",
      name: type,
      ...known({ native: valueIn(row["input"]) }),
    };
    return;
  }
  const draft = { ...about, ...unsaid[type], ...fields, ...saidIn(row, facts), type } as EventDraft;
  if (draft.type === "interrupt.raised") reading.waits.set(spanId, draft.wait ?? mark);
  yield draft;
}

const notSent = "[not sent to Langfuse]";

/** What a mark cannot be without, where no content went out. */
const unsaid: Readonly<Partial<Record<MarkFacts["type"], JsonObject>>> = {
  "message.sent": { content: notSent },
  "message.received": { content: notSent },
  "decision.made": { choice: notSent },
  "log.written": { content: notSent },
};

function atIn(row: Row, { at, unknown, inferred }: MarkFacts): { readonly at?: At } {
  if (unknown?.includes("at")) return {};
  const ms = at ?? timeOf(row["startTime"]);
  return ms === null ? {} : { at: { ms, ...(inferred?.includes("at") ? { inferred: true } : {}) } };
}

/** Where a mark of its kind can say but one thing, that is what stands there; else what it can say, by name. */
function saidIn(row: Row, { type }: MarkFacts): JsonObject {
  const value: JsonValue | undefined = valueIn(row["input"]);
  if (value === undefined) return {};
  const names = contentFieldsOf(type).filter((name) => name !== "native");
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) return { [only]: value };
  const said = isRecord(value) ? value : {};
  return Object.fromEntries(Object.entries(said).filter(([name]) => names.includes(name)));
}
