import { textOf } from "../json-text.ts";
import type { JsonObject } from "../../../vocabulary/json.ts";
import { type KeyValue, text } from "../../wire/key-value.ts";
import { textIn } from "../messages/block.ts";
import type { Message } from "../messages/message.ts";
import { words } from "./said-value.ts";

/** A list of messages, one attribute for each thing that is said of each. */
export function messageAttributes(
  prefix: string,
  messages: readonly Message[],
): readonly KeyValue[] {
  return messages
    .flatMap(separated)
    .flatMap((message, index) => attributesOf(message, `${prefix}.${index}.message`));
}

/** A message there answers one call of a tool: one that answers several is as many. */
function separated(message: Message): readonly Message[] {
  const answers = message.parts.filter(isAnswer);
  if (answers.length === 0) return [message];
  const others = message.parts.filter((part) => !isAnswer(part));
  return [
    ...answers.map((answer) => ({ ...message, role: "tool", parts: [answer] })),
    ...(others.length === 0 ? [] : [{ ...message, parts: others }]),
  ];
}

const isAnswer = (part: JsonObject): boolean => part["type"] === "tool_call_response";
const isCall = (part: JsonObject): boolean => part["type"] === "tool_call";

function attributesOf({ role, name, parts }: Message, at: string): readonly KeyValue[] {
  const [first] = parts;
  const said = parts.filter((part) => !isCall(part) && !isAnswer(part));
  return [
    ...text(`${at}.role`, role),
    ...text(`${at}.name`, name ?? null),
    ...(first && isAnswer(first)
      ? [
          ...text(`${at}.tool_call_id`, textIn(first, "id")),
          ...words(`${at}.content`, first["response"] ?? ""),
        ]
      : contentsOf(said, at)),
    ...parts
      .filter(isCall)
      .flatMap((call, index) => callOf(call, `${at}.tool_calls.${index}.tool_call`)),
  ];
}

/** One text is the content; anything more is a list. */
function contentsOf(parts: readonly JsonObject[], at: string): readonly KeyValue[] {
  const [first, ...others] = parts;
  if (first === undefined) return [];
  if (others.length === 0 && first["type"] === "text")
    return words(`${at}.content`, first["content"]);
  return parts.flatMap((part, index) => partOf(part, `${at}.contents.${index}.message_content`));
}

function partOf(part: JsonObject, at: string): readonly KeyValue[] {
  const { type, content, uri, mime_type: mimeType, modality } = part;
  if (modality === "image" && (type === "uri" || type === "blob")) {
    const url =
      type === "uri"
        ? uri
        : `data:${textOf(mimeType ?? "image/*")};base64,${textOf(content ?? "")}`;
    return [...text(`${at}.type`, "image"), ...words(`${at}.image.image.url`, url)];
  }
  const isSpeech = type === "text" || type === "reasoning";
  return [
    ...text(`${at}.type`, type === "reasoning" ? "reasoning" : "text"),
    ...words(`${at}.text`, isSpeech ? content : part),
  ];
}

function callOf({ id, name, arguments: given }: JsonObject, at: string): readonly KeyValue[] {
  return [
    ...words(`${at}.id`, id),
    ...words(`${at}.function.name`, name),
    ...words(`${at}.function.arguments`, given),
  ];
}
