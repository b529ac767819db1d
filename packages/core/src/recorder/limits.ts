import { type Accepts, acceptsOf } from "../schema/accept.ts";
import { eventFields } from "../schema/events.ts";
import type { Field } from "../schema/shape.ts";
import { contentFieldsOf } from "../vocabulary/content-fields.ts";
import type { EventDraft, EventType, Stamp } from "../vocabulary/event.ts";
import { type Fits, fittingOf, type RedactName } from "./fitting.ts";

const stamps: Readonly<Record<keyof Stamp, true>> = {
  v: true,
  id: true,
  recordedAt: true,
  sequence: true,
  spanId: true,
  traceId: true,
  turnSpanId: true,
  suspendedSpanId: true,
  previous: true,
  redaction: true,
};
/** What is joined by them would not belong together. */
const neverEmpty: ReadonlySet<string> = new Set(["session", "source", "key", "mark"]);

interface DraftField {
  readonly name: string;
  readonly required: boolean;
  readonly isContent: boolean;
  readonly fit: Fits;
  readonly accepts: Accepts;
}

const draftFields: ReadonlyMap<string, readonly DraftField[]> = new Map(
  Object.entries(eventFields).map(([type, fields]) => {
    const content = new Set([...contentFieldsOf(type as EventType), "context"]);
    const said = Object.entries<Field>(fields).filter(([name]) => !(name in stamps));
    return [type, said.map(([name, field]) => draftField(name, field, content.has(name)))];
  }),
);

function draftField(name: string, field: Field, isContent: boolean): DraftField {
  const required = !("optional" in field);
  if (isContent) return { name, required, isContent, fit: (value) => value, accepts: () => true };
  const shape = "optional" in field ? field.optional : field;
  const accepts = acceptsOf(shape);
  return {
    name,
    required,
    isContent,
    fit: fittingOf(shape),
    accepts: neverEmpty.has(name) ? (value) => value !== "" && accepts(value) : accepts,
  };
}

/**
 * A copy of the draft as the format has a place for it: names are redacted and then cut, and what the vocabulary has no word for is left out, because nobody would
 * redact it. Throws, for the recorder to count, where something is missing or of another form than the format's: an id is never cut, because
 * that would join what does not belong together.
 */
export function withinLimits(draft: EventDraft, redactName: RedactName): EventDraft {
  const { type } = draft;
  const fields = draftFields.get(type);
  if (!fields) throw new TypeError(`expected an event type, received ${received(type)}`);
  const said = draft as unknown as Readonly<Record<string, unknown>>;
  const fitting: Record<string, unknown> = { type };
  for (const { name, required, isContent, fit, accepts } of fields) {
    const given = isContent ? contentOf(said, name) : said[name];
    if (given === undefined && !required) continue;
    const value = fit(given, redactName);
    if (value === undefined || !accepts(value))
      throw new TypeError(
        `expected the ${name} of ${type} to fit the format, received ${received(value)}`,
      );
    fitting[name] = value;
  }
  return fitting as unknown as EventDraft;
}

/** Content that cannot be read does not lose its event. */
function contentOf(said: Readonly<Record<string, unknown>>, name: string): unknown {
  try {
    return said[name];
  } catch {
    return "[getter threw]";
  }
}

/** Not the value itself: it may be what nobody may see. */
function received(value: unknown): string {
  return typeof value === "string" ? `${value.length} characters` : typeof value;
}
