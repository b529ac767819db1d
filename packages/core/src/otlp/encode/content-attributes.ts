import type { Span } from "../../run-tree/span.ts";
import { isRecord, type JsonObject, type JsonValue } from "../../vocabulary/json.ts";
import { flag, integer, type KeyValue, text } from "../wire/key-value.ts";
import { names, ownNames } from "./conventions.ts";
import { jsonText, textOf } from "./json-text.ts";
import type { Message } from "./messages/message.ts";
import { parsed } from "./messages/tool-parts.ts";
import { providerWord } from "./provider.ts";
import { requestAttributes } from "./request-attributes.ts";
import type { SpanSaid } from "./said.ts";

/** What was said on a span, as JSON text, because not every backend takes structured attributes. */
export function contentAttributesOf(span: Span, said: SpanSaid): readonly KeyValue[] {
  return [
    ...words(names.userId, said.userId),
    ...json(ownNames.native, said.native),
    ...words(ownNames.detail, said.detail),
    ...json(ownNames.expected, said.expected),
    ...(span.kind === "model" ? modelContent(span, said) : []),
    ...otherContent(span, said),
  ];
}

function modelContent(span: Span, said: SpanSaid): readonly KeyValue[] {
  const { instructions = [], tools = [], earlier, inputMessages = [] } = said;
  return [
    ...requestAttributes(said.parameters, providerWord(span.provider)),
    ...json(ownNames.parameters, said.parameters),
    ...(instructions.length > 0 ? json(names.systemInstructions, instructions) : []),
    ...(tools.length > 0 ? json(names.toolDefinitions, tools) : []),
    ...(inputMessages.some(isCompacted) ? flag(names.conversationCompacted, true) : []),
    ...(earlier
      ? [
          ...text(ownNames.contextFrom, earlier.from),
          ...integer(ownNames.contextKept, earlier.kept),
          ...integer(ownNames.contextCut, earlier.cut),
        ]
      : []),
  ];
}

const isCompacted = ({ parts }: Message): boolean =>
  parts.some(({ type }) => type === "compaction");

function otherContent(
  { kind }: Span,
  { input, output, inputMessages, outputMessages, earlierInput, earlierOutput }: SpanSaid,
): readonly KeyValue[] {
  switch (kind) {
    case "model":
    case "turn":
    case "agent":
    case "workflow":
      return [
        ...json(names.inputMessages, inputMessages),
        ...json(names.outputMessages, outputMessages),
        ...integer(ownNames.earlierInput, earlierInput ?? null),
        ...integer(ownNames.earlierOutput, earlierOutput ?? null),
      ];
    case "tool":
      return [
        ...json(names.toolCallArguments, input === undefined ? undefined : parsed(input)),
        ...json(names.toolCallResult, output === undefined ? undefined : parsed(output)),
      ];
    case "retrieval":
      return [
        ...words(names.retrievalQuery, input),
        ...json(names.retrievalDocuments, documentsIn(output)),
      ];
    case "task":
    case "step":
    case "plan":
    case "memory":
    case "guardrail":
    case "compaction":
    case "other":
      return [...json(ownNames.input, input), ...json(ownNames.output, output)];
    default:
      return kind satisfies never;
  }
}

/** The conventions have a list of objects there. */
function documentsIn(found: JsonValue | undefined): readonly JsonObject[] | undefined {
  if (found === undefined) return undefined;
  const documents: readonly JsonValue[] = Array.isArray(found) ? found : [found];
  return documents.map((document) => (isRecord(document) ? document : { content: document }));
}

function words(name: string, value: JsonValue | undefined): readonly KeyValue[] {
  return value === undefined ? [] : text(name, textOf(value));
}

function json(
  name: string,
  value: JsonValue | readonly Message[] | undefined,
): readonly KeyValue[] {
  return value === undefined ? [] : text(name, jsonText(value as JsonValue));
}
