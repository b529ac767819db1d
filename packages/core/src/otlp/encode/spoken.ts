import type { Span, SpanKind } from "../../run-tree/span.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import { conversationOf } from "./messages/conversation.ts";
import { finishReasonOf } from "./messages/finish-reason.ts";
import type { Message } from "./messages/message.ts";

/** What somebody was told and answered: on model calls, and on what answers somebody, which are turns, agents and workflows. */
export interface Spoken {
  readonly inputMessages?: readonly Message[];
  readonly outputMessages?: readonly Message[];
  /** How many messages besides went in or came out of which only the number was recorded there: they were told before. */
  readonly earlierInput?: number;
  readonly earlierOutput?: number;
}

interface Heard {
  readonly input: JsonValue | undefined;
  readonly output: JsonValue | undefined;
  /** What a model was sent, where that was recorded: it tells more than the input. */
  readonly context: readonly Message[] | undefined;
}

const speaking: ReadonlySet<SpanKind> = new Set(["model", "turn", "agent", "workflow"] as const);

export function spokenOn(span: Span, { input, output, context }: Heard): Spoken {
  if (!speaking.has(span.kind)) return {};
  return {
    ...(context ? { inputMessages: context } : asked(input)),
    ...answered(output, span.kind === "model" ? finishReasonOf(span) : null),
  };
}

function asked(input: JsonValue | undefined): Spoken {
  if (input === undefined) return {};
  const { messages, earlier } = conversationOf(input, "user");
  return {
    ...(messages.length > 0 ? { inputMessages: messages } : {}),
    ...(earlier > 0 ? { earlierInput: earlier } : {}),
  };
}

/** A model says why it stopped; turns and agents answer with what models said. */
function answered(output: JsonValue | undefined, reason: string | null): Spoken {
  if (output === undefined) return {};
  const { messages, earlier } = conversationOf(output, "assistant");
  const answers =
    reason === null ? messages : messages.map((message) => ({ ...message, finish_reason: reason }));
  return {
    ...(messages.length > 0 ? { outputMessages: answers } : {}),
    ...(earlier > 0 ? { earlierOutput: earlier } : {}),
  };
}
