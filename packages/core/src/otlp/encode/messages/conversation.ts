import { countOfEarlier } from "../../../vocabulary/earlier-messages.ts";
import { isRecord, type JsonValue } from "../../../vocabulary/json.ts";
import { isSpoken, type Message, messageOf, unknownRole } from "./message.ts";

/** What was said, as messages. Words among them that stand for others are no message: `earlier` is how many those others are. */
export interface Conversation {
  readonly messages: readonly Message[];
  readonly earlier: number;
}

/** One message, a list of them, or a state that holds such a list. What is none is one message of `role`. */
export function conversationOf(value: JsonValue, role: string): Conversation {
  if (isConversation(value) && !value.every(isPlainText)) return conversationIn(value);
  if (!isRecord(value) || !isConversation(value["messages"]))
    return { messages: [messageOf(value, role)], earlier: 0 };
  const { messages: listed, ...rest } = value;
  const beside = Object.keys(rest).length === 0 ? [] : [messageOf(rest, role)];
  const { messages, earlier } = conversationIn(listed);
  return { messages: [...beside, ...messages], earlier };
}

function conversationIn(list: readonly JsonValue[]): Conversation {
  return {
    messages: list
      .filter((item) => countOfEarlier(item) === null)
      .map((item) => messageOf(item, unknownRole)),
    earlier: list.reduce<number>((sum, item) => sum + (countOfEarlier(item) ?? 0), 0),
  };
}

/** Among messages there may be texts: nobody says who spoke them. */
function isConversation(value: JsonValue | undefined): value is readonly JsonValue[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => isSpoken(item) || typeof item === "string")
  );
}

const isPlainText = (item: JsonValue): boolean =>
  typeof item === "string" && countOfEarlier(item) === null;
