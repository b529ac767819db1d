import { isRecord } from "@spoor/core";
import { countOf, type Fields, fieldsOf, listOf, nameOf, parsed, textOf } from "./narrow.ts";

/** A message or event of AgentChat, as `model_dump_json()` writes it. Older versions lack its id, its time, its type and its content. */
export interface Item {
  readonly id: string | undefined;
  readonly source: string;
  readonly type: string | undefined;
  readonly createdAt: string | undefined;
  readonly content: unknown;
  /** On a handoff: to whom. */
  readonly target: string | undefined;
  /** Null: it tells of no model call, or 0/0, which a stream without usage says. */
  readonly usage: ItemUsage | null;
  /** A model call made it, whether or not its tokens are known. */
  readonly byModel: boolean;
}

export interface ItemUsage {
  readonly prompt: number;
  readonly completion: number;
}

/**
 * A line of a recorded run: an item, or what the run came to. AutoGen has no line for a run that threw, nor for one that begins: a recorder that
 * writes such lines of its own begins their only name with `#`.
 */
export type Message =
  | { readonly kind: "item"; readonly item: Item }
  | {
      readonly kind: "result";
      readonly items: readonly Item[];
      readonly stopReason: string | undefined;
    }
  | { readonly kind: "response"; readonly items: readonly Item[] }
  | { readonly kind: "thrown"; readonly errorType: string; readonly message: string | undefined }
  | { readonly kind: "begun" };

/** Null: something else. */
export function messageOf(line: Fields): Message | null {
  const { messages, chat_message: answer } = line;
  if (isRecord(answer))
    return { kind: "response", items: [...itemsOf(line["inner_messages"]), ...itemsOf([answer])] };
  if (Array.isArray(messages) && Object.hasOwn(line, "stop_reason"))
    return { kind: "result", items: itemsOf(messages), stopReason: textOf(line["stop_reason"]) };
  const item = itemOf(line);
  return item?.type === undefined ? recorderLine(line) : { kind: "item", item };
}

function recorderLine(line: Fields): Message | null {
  if (isRecord(line["#run"])) return { kind: "begun" };
  const thrown = fieldsOf(line["#thrown"]);
  const errorType = textOf(thrown["type"]);
  if (errorType === undefined) return null;
  return { kind: "thrown", errorType: nameOf(errorType, ""), message: textOf(thrown["message"]) };
}

export const itemsOf = (values: unknown): readonly Item[] =>
  listOf(values).flatMap((value) => itemOf(value) ?? []);

export function itemOf(value: unknown): Item | null {
  const fields = fieldsOf(value);
  const source = textOf(fields["source"]);
  if (source === undefined || !Object.hasOwn(fields, "models_usage")) return null;
  return {
    id: textOf(fields["id"]),
    source,
    type: textOf(fields["type"]),
    createdAt: textOf(fields["created_at"]),
    content: fields["content"],
    target: textOf(fields["target"]),
    ...usageOf(fields["models_usage"]),
  };
}

/** 0/0 is what a model client says where the server told nothing: a call that was answered never has no prompt. */
function usageOf(value: unknown): Pick<Item, "usage" | "byModel"> {
  const { prompt_tokens: asked, completion_tokens: answered } = fieldsOf(value);
  const [prompt, completion] = [countOf(asked), countOf(answered)];
  const known = prompt !== undefined && completion !== undefined && prompt + completion > 0;
  return { usage: known ? { prompt, completion } : null, byModel: isRecord(value) };
}

export interface ToolRequest {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly arguments: unknown;
}

export function requestsIn(item: Item): readonly ToolRequest[] {
  return listOf(item.content).map((value) => {
    const { id, name, arguments: given } = fieldsOf(value);
    const text = textOf(given);
    return {
      id: textOf(id),
      name: textOf(name),
      arguments: text === undefined ? given : (parsed(text) ?? text),
    };
  });
}

export interface ToolAnswer {
  readonly callId: string | undefined;
  readonly content: unknown;
  readonly failed: boolean;
}

export function answersIn(item: Item): readonly ToolAnswer[] {
  return listOf(item.content).map((value) => {
    const { call_id: callId, content, is_error: failed } = fieldsOf(value);
    return { callId: textOf(callId), content, failed: failed === true };
  });
}
