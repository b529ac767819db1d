import { type Item, itemOf, itemsOf } from "../messages/native.ts";
import { fieldsOf, parsed, textOf } from "../messages/narrow.ts";

/** What a message between the parts of a team holds. */
export interface Payload {
  /** A run starts with these, or (an empty list) goes on without a task. Null: it starts none. */
  readonly task: readonly Item[] | null;
  readonly item: Item | null;
  readonly answers: boolean;
  /** It asks whom it is for to speak. */
  readonly asks: boolean;
  readonly error: { readonly errorType: string; readonly detail: string | undefined } | null;
}

export function payloadOf(text: unknown): Payload {
  const payload = fieldsOf(parsed(textOf(text) ?? ""));
  const error = fieldsOf(payload["error"]);
  const errorType = textOf(error["error_type"]);
  return {
    task: Object.hasOwn(payload, "messages") ? itemsOf(payload["messages"]) : null,
    item: itemOf(payload["message"]),
    answers: ["response", "agent_response", "result"].some((name) => Object.hasOwn(payload, name)),
    asks: textOf(text)?.trim() === "{}",
    error:
      errorType === undefined
        ? null
        : { errorType: errorType.slice(0, 200), detail: textOf(error["error_message"]) },
  };
}
