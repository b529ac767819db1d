import type { ContentReader } from "../../journal/content.ts";
import type { Span } from "../../run-tree/span.ts";
import type { ContextDifference, Held } from "../../vocabulary/event.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import { asText, inWords, notInThisJournal } from "../../journal/in-words.ts";
import { names, ownNames } from "./conventions.ts";
import { type KeyValue, text } from "../wire/key-value.ts";
import { type Message, messageOf, partsOf } from "./messages.ts";

/** What was said on a span, as JSON text, because not every backend takes structured attributes. */
export function contentAttributesOf(span: Span, content: ContentReader): readonly KeyValue[] {
  const said = new SaidContent(content);
  return [
    ...said.words(names.userId, span.labels.userId),
    ...said.json(ownNames.native, span.native),
    ...saidOn(span, said),
  ];
}

function saidOn(span: Span, said: SaidContent): readonly KeyValue[] {
  const { input, output } = span;
  switch (span.kind) {
    case "model":
      return [
        ...(span.context
          ? said.context(span.context)
          : said.message(names.inputMessages, input, "user")),
        ...said.message(names.outputMessages, output, "assistant"),
        ...said.json(ownNames.parameters, span.parameters),
      ];
    case "turn":
    case "agent":
    case "workflow":
      return [
        ...said.message(names.inputMessages, input, "user"),
        ...said.message(names.outputMessages, output, "assistant"),
      ];
    case "tool":
      return [
        ...said.json(names.toolCallArguments, input),
        ...said.json(names.toolCallResult, output),
      ];
    case "retrieval":
      return [
        ...said.words(names.retrievalQuery, input),
        ...said.json(names.retrievalDocuments, output),
      ];
    case "task":
    case "step":
    case "guardrail":
    case "compaction":
    case "other":
      return [...said.json(ownNames.input, input), ...said.json(ownNames.output, output)];
    default:
      return span.kind satisfies never;
  }
}

/** One exporter's look at what references stand for. */
class SaidContent {
  readonly #content: ContentReader;

  constructor(content: ContentReader) {
    this.#content = content;
  }

  words(name: string, held: Held | null): readonly KeyValue[] {
    return held === null ? [] : text(name, asText(inWords(this.#content.read(held))));
  }

  json(name: string, held: Held | null): readonly KeyValue[] {
    return held === null ? [] : jsonText(name, this.#said(held));
  }

  message(name: string, held: Held | null, role: string): readonly KeyValue[] {
    return held === null ? [] : jsonText(name, [this.#message(held, role)]);
  }

  context(context: ContextDifference): readonly KeyValue[] {
    const { instructions, tools } = context;
    const messages = this.#content.messages(context);
    return [
      ...(instructions === undefined
        ? []
        : jsonText(names.systemInstructions, partsOf(this.#said(instructions)))),
      ...(tools === undefined ? [] : this.json(names.toolDefinitions, tools)),
      ...jsonText(
        names.inputMessages,
        messages === null
          ? [messageOf(notInThisJournal, unknownRole)]
          : messages.map((held) => this.#message(held, unknownRole)),
      ),
    ];
  }

  #said(held: Held): JsonValue {
    return inWords(this.#content.read(held));
  }

  #message(held: Held, role: string): Message {
    return messageOf(this.#said(held), role);
  }
}

/** Who spoke in a message that does not say it. */
const unknownRole = "unknown";

function jsonText(name: string, value: JsonValue | readonly Message[]): readonly KeyValue[] {
  return text(name, JSON.stringify(value));
}
