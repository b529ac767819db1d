import { countOfEarlier } from "../../../vocabulary/earlier-messages.ts";
import type { FullContext } from "../../../vocabulary/event.ts";
import { isRecord, type JsonValue } from "../../../vocabulary/json.ts";
import type { ContextFact } from "../../facts/context-fact.ts";
import type { Reading, Sent } from "../reading.ts";
import { messageIn } from "./message.ts";

/**
 * All that a call was sent, out of what went to Langfuse: the messages, after what the call was instructed. Where that left out what the call before had
 * been sent too, it is taken from there; where that is not in the document, words say how much is missing.
 */
export function contextOf(
  reading: Reading,
  call: { readonly session: string; readonly agent: string | undefined },
  input: JsonValue | undefined,
  fact: ContextFact,
): FullContext {
  const { tools, chat } = sentIn(input);
  const left = chat.findIndex((message) => countOfEarlier(wordsIn(message)) !== null);
  const isShort = fact.since !== undefined && left >= 0 && left <= 1;
  const expected = isShort ? (fact.since?.added ?? 0) + 1 : fact.count;
  const instructions = chat.length > expected ? instructionsIn(chat[0]) : undefined;
  const told = instructions === undefined ? chat : chat.slice(1);

  const chain = JSON.stringify([call.session, call.agent ?? null]);
  const before = isShort ? baseOf(told, fact, reading.sent.get(chain)) : null;
  const sent: Sent = {
    count: fact.count,
    messages: before ? [...before.messages, ...told.slice(1)] : marked(told),
    tools: before && isSameTools(before.tools, tools) ? before.tools : tools,
  };
  reading.sent.set(chain, sent);
  return {
    ...(instructions === undefined ? {} : { instructions }),
    ...(sent.tools === undefined ? {} : { tools: sent.tools }),
    messages: sent.messages,
  };
}

function sentIn(
  input: JsonValue | undefined,
): Pick<Sent, "tools"> & { chat: readonly JsonValue[] } {
  if (input === undefined) return { chat: [], tools: undefined };
  if (Array.isArray(input)) return { chat: input.map(messageIn), tools: undefined };
  const { messages, tools } = isRecord(input) ? input : {};
  return Array.isArray(messages) && tools !== undefined
    ? { chat: messages.map(messageIn), tools }
    : { chat: [input], tools: undefined };
}

const instructionsIn = (first: JsonValue | undefined): JsonValue | undefined =>
  isRecord(first) && first["role"] === "system" ? first["content"] : undefined;

/**
 * What stands of the context that this one goes on from: that of the last call of the same agent, if it was sent as many messages as it must have been. A
 * message in which several tools were answered stands as several in Langfuse: then only a context of which nothing was cut can be taken over. Null: it is
 * not in the document.
 */
function baseOf(
  [first = null]: readonly JsonValue[],
  { count, since }: ContextFact,
  before: Sent | undefined,
): Pick<Sent, "messages" | "tools"> | null {
  const left = countOfEarlier(wordsIn(first));
  if (!since || !before || left !== count - since.added || before.count - since.cut !== left)
    return null;
  const { keep, cut } = since;
  const { messages, tools } = before;
  if (cut === 0) return before;
  if (messages.length !== before.count) return null;
  return { messages: [...messages.slice(0, keep), ...messages.slice(keep + cut)], tools };
}

/** The words for what is missing stand among messages as what somebody said. */
function marked([first = null, ...others]: readonly JsonValue[]): readonly JsonValue[] {
  const words = wordsIn(first);
  return countOfEarlier(words) === null ? [first, ...others] : [words, ...others];
}

const wordsIn = (message: JsonValue): JsonValue =>
  isRecord(message) ? (message["content"] ?? null) : message;

/** Of tools that were offered before, only the names are told again. */
function isSameTools(before: JsonValue | undefined, tools: JsonValue | undefined): boolean {
  return JSON.stringify(namesOf(before)) === JSON.stringify(namesOf(tools));
}

function namesOf(tools: JsonValue | undefined): readonly JsonValue[] {
  if (!Array.isArray(tools)) return [];
  return tools.map((tool: JsonValue) => {
    const { name, function: called } = isRecord(tool) ? tool : {};
    return name ?? (isRecord(called) ? (called["name"] ?? null) : null);
  });
}
