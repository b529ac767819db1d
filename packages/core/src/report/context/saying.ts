import type { Span } from "../../run-tree/span.ts";
import type { EventOf, Held, SpanId } from "../../vocabulary/event.ts";

/** How something came into a conversation: as what a turn or an agent was asked, by a message, by the model, from a tool, or as what a compaction left. */
export type Origin = "input" | "message" | "answer" | "result" | "summary";

/** Something that went into a conversation. */
export interface Saying {
  readonly origin: Origin;
  readonly role: string;
  readonly turn: number;
  readonly spanId: SpanId;
  /** Null: it is known that something was said, and nobody recorded what. */
  readonly held: Held | null;
}

type Made = Omit<Saying, "turn">;

export const inputOf = ({ spanId, input }: Span): Made => ({
  origin: "input",
  role: "user",
  spanId,
  held: input,
});

export const messageOn = (
  { spanId }: Span,
  { role, content }: EventOf<"message.received">,
): Made => ({ origin: "message", role, spanId, held: content });

export const answerOf = ({ spanId, output }: Span): Made => ({
  origin: "answer",
  role: "assistant",
  spanId,
  held: output,
});

/** Of a tool that failed, the model is told why. */
export const resultOf = ({ spanId, output, detail }: Span): Made => ({
  origin: "result",
  role: "tool",
  spanId,
  held: output ?? detail,
});

export const summaryOf = ({ spanId, output }: Span): Made => ({
  origin: "summary",
  role: "user",
  spanId,
  held: output,
});
