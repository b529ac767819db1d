import type { ContentReader } from "../../journal/content.ts";
import { inWords, notInThisJournal } from "../../journal/in-words.ts";
import type { ContextDifference, EventId, Held } from "../../vocabulary/event.ts";
import type { JsonObject, JsonValue } from "../../vocabulary/json.ts";
import type { ContextMode } from "./encoding.ts";
import { earlierMessages, type Message, messageOf, unknownRole } from "./messages/message.ts";
import { partsOf } from "./messages/part.ts";
import { onlyNamed, toolDefinitionsOf } from "./messages/tool-definitions.ts";
import { textLength } from "./text-length.ts";

/** What is told of the context that a model was sent. */
export interface ContextTold {
  readonly instructions: readonly JsonObject[];
  readonly tools: readonly JsonObject[];
  readonly messages: readonly Message[];
  /** Null: the messages are all that were sent. */
  readonly earlier: Earlier | null;
}

/** What is not told again, because the call that this one goes on from was sent it too. */
export interface Earlier {
  /** The event that opened that call. */
  readonly from: EventId;
  readonly kept: number;
  /** Messages of that call that this one was not sent any more. */
  readonly cut: number;
}

/** With `auto`: up to here a context is told as a whole, beyond it by what was added. A turn of eight calls stays below a megabyte. */
export const wholeUpTo: number = 128 * 1024;

const longestWhole: Readonly<Record<ContextMode, number>> = {
  full: Number.POSITIVE_INFINITY,
  auto: wholeUpTo,
  delta: 0,
};

const usualMode: ContextMode = "auto";

/** Up to how much of its messages a context is told as a whole. */
export const toldWholeUpTo = (mode: ContextMode = usualMode): number => longestWhole[mode];

/**
 * Depends on the context and its content alone: whatever batch a call is in, and whenever it is sent again, it is told in the same way. A context
 * of which the beginning is gone is told by what was added, behind words that say so. Tools are told in full where messages are.
 */
export function contextTold(
  context: ContextDifference,
  content: ContentReader,
  mode: ContextMode = usualMode,
): ContextTold {
  const told = (held: Held): JsonValue => inWords(content.read(held));
  const { instructions: instructed, tools: offered } = context;
  const instructions = instructed === undefined ? [] : partsOf(told(instructed));
  const tools = offered === undefined ? [] : toolDefinitionsOf(told(offered));

  const whole = wholeOf(context, content, isDifference(context) ? toldWholeUpTo(mode) : Infinity);
  if (typeof whole !== "string")
    return { instructions, tools, messages: whole.map(messageOfWhoever), earlier: null };
  const gone = messageOfWhoever(notInThisJournal);
  if (!isDifference(context)) return { instructions, tools, messages: [gone], earlier: null };
  const { from, cut, add, count } = context;
  const kept = count - add.length;
  const before = whole === "gone" ? gone : earlierMessages(kept);
  return {
    instructions,
    tools: tools.map(onlyNamed),
    messages: [before, ...add.map(told).map(messageOfWhoever)],
    earlier: { from, kept, cut },
  };
}

const messageOfWhoever = (said: JsonValue): Message => messageOf(said, unknownRole);

/** All that a call was sent, if it has no more than `most`. Reads nothing where the sizes say enough, and no more than it takes to know. */
function wholeOf(
  context: ContextDifference,
  content: ContentReader,
  most: number,
): readonly JsonValue[] | "too long" | "gone" {
  if (most === 0) return "too long";
  const messages = content.messages(context);
  if (messages === null) return "gone";
  if (isSurelyLonger(messages, content, most)) return "too long";
  let left = most;
  const values: JsonValue[] = [];
  for (const held of messages) {
    const value = inWords(content.read(held));
    left -= textLength(value, left);
    if (left < 0) return "too long";
    values.push(value);
  }
  return values;
}

/** Of its line in the journal a message needs so much for what is not said in it, and each character of it takes no more bytes than that. */
const [besidesSaid, bytesOfCharacter] = [256, 6];

function isSurelyLonger(messages: readonly Held[], content: ContentReader, most: number): boolean {
  let surely = 0;
  return messages.some((held) => {
    surely += Math.max(0, content.sizeOf(held) - besidesSaid) / bytesOfCharacter;
    return surely > most;
  });
}

type Difference = ContextDifference & { readonly from: EventId; readonly add: readonly Held[] };

/** What keeps nothing of what was sent before is whole as it stands; where too much was added to list it in the entry, it is the larger part. */
function isDifference(context: ContextDifference): context is Difference {
  const { from, add, count } = context;
  return from !== null && typeof add !== "string" && count > add.length;
}
