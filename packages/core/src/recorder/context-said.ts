import type { EventId } from "../vocabulary/event.ts";

/** What a call was sent, as it was passed: any of it may be anything. */
export interface ContextParts {
  readonly instructions?: unknown;
  readonly tools?: unknown;
  readonly messages: readonly unknown[];
}

export interface ContextSaid {
  readonly session: string;
  readonly agent: string | undefined;
  readonly subject: string;
  readonly event: EventId;
  readonly segment: number;
  readonly context: ContextParts;
}

const mostMessages = 50_000;

/**
 * The parts of a context, each read once: what cannot be read is said in words, and what is no list of messages is one message. The messages
 * themselves stay the same objects, which is how they are known again.
 */
export function contextParts(context: unknown): ContextParts {
  if (typeof context !== "object" || context === null) return { messages: [context] };
  const messages = messagesIn(read(context, "messages"));
  const instructions = read(context, "instructions");
  const tools = read(context, "tools");
  return {
    messages,
    ...(instructions === undefined ? {} : { instructions }),
    ...(tools === undefined ? {} : { tools }),
  };
}

function messagesIn(given: unknown): readonly unknown[] {
  if (given === undefined) return [];
  try {
    if (!Array.isArray(given)) return [given];
    const { length } = given;
    const most = Math.min(length, mostMessages);
    const messages: unknown[] = [];
    for (let index = 0; index < most; index += 1) messages.push(read(given, index));
    if (length > most) messages.push(`[cut: ${length - most} more]`);
    return messages;
  } catch {
    return ["[unreadable]"];
  }
}

function read(value: object, name: string | number): unknown {
  try {
    return (value as Readonly<Record<string | number, unknown>>)[name];
  } catch {
    return "[getter threw]";
  }
}
