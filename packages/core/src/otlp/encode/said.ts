import type { ContentReader } from "../../journal/content.ts";
import { inWords } from "../../journal/in-words.ts";
import { textOf } from "./json-text.ts";
import type { Span } from "../../run-tree/span.ts";
import type { Held } from "../../vocabulary/event.ts";
import type { JsonObject, JsonValue } from "../../vocabulary/json.ts";
import { contextTold, type Earlier } from "./context-told.ts";
import type { Encoding } from "./encoding.ts";
import { type Spoken, spokenOn } from "./spoken.ts";

/** What was said on a span, read once for all names that it goes out under. Undefined: nothing, or nothing that may go out. */
export interface SpanSaid extends Spoken {
  readonly userId?: string;
  readonly native?: JsonValue;
  /** Why it was cancelled; of an error its status and its exception tell. */
  readonly detail?: JsonValue;
  /** What went in and came out, as it was said; on model calls the messages tell it. */
  readonly input?: JsonValue;
  readonly output?: JsonValue;
  /** What it was to give. */
  readonly expected?: JsonValue;
  readonly instructions?: readonly JsonObject[];
  readonly tools?: readonly JsonObject[];
  readonly earlier?: Earlier;
  readonly parameters?: JsonValue;
}

const nothingSaid: SpanSaid = {};

export function saidOn(span: Span, encoding: Encoding): SpanSaid {
  const { content, contextMode } = encoding;
  if (content === null) return nothingSaid;
  const { labels, context } = span;
  const userId = valueBehind(labels.userId, content);
  const input = valueBehind(span.input, content);
  const output = valueBehind(span.output, content);
  const told = context === null ? null : contextTold(context, content, contextMode);
  return {
    ...known("userId", userId === undefined ? undefined : textOf(userId)),
    ...known("native", valueBehind(span.native, content)),
    ...(span.status === "error" ? {} : known("detail", valueBehind(span.detail, content))),
    ...known("input", input),
    ...known("output", output),
    ...known("expected", valueBehind(span.expected, content)),
    ...known("parameters", valueBehind(span.parameters, content)),
    ...spokenOn(span, { input, output, context: told?.messages }),
    ...known("instructions", told?.instructions),
    ...known("tools", told?.tools),
    ...known("earlier", told?.earlier ?? undefined),
  };
}

function valueBehind(held: Held | null, content: ContentReader): JsonValue | undefined {
  return held === null ? undefined : inWords(content.read(held));
}

function known<Name extends keyof SpanSaid>(
  name: Name,
  value: SpanSaid[Name] | undefined,
): Pick<SpanSaid, Name> | object {
  return value === undefined ? {} : { [name]: value };
}
