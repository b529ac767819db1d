import { isRecord } from "@spoor/core";
import type { Fields, RunProgressed } from "../native.ts";
import { fieldsOf, textOf } from "../reading.ts";

/** What a callback tells of an answer on its way. */
type Piece = Pick<RunProgressed, "carriesContent" | "usage" | "usageSoFar">;

const empty: Piece = {};
const content: Piece = { carriesContent: true };

/**
 * Read off the last argument of `handleLLMNewToken`. Empty pieces are normal: they tell usage, or why the model stopped. A token without a
 * chunk may be a whole answer that LangChain repeats (its cache does so, and Gemini's `invoke`), so it tells nothing of when one began.
 */
export function pieceOfToken(fields: unknown): Piece {
  const chunk = fieldsOf(fieldsOf(fields)["chunk"]);
  const message = fieldsOf(chunk["message"]);
  const carries =
    textOf(chunk["text"]) !== undefined ||
    saysAnything(message["content"]) ||
    saysAnything(message["tool_call_chunks"]) ||
    textOf(fieldsOf(message["additional_kwargs"])["reasoning_content"]) !== undefined;
  return withUsage(carries, "usage", message["usage_metadata"]);
}

/** Read off an event of `handleChatModelStreamEvent`. A block may open empty, and one that finishes says nothing new. */
export function pieceOfStreamEvent(event: unknown): Piece {
  const said = fieldsOf(event);
  switch (said["event"]) {
    case "content-block-start":
      return saysAnything(said["content"]) ? content : empty;
    case "content-block-delta": {
      const delta = fieldsOf(said["delta"]);
      return saysAnything(delta["fields"] ?? delta) ? content : empty;
    }
    case "message-start":
    case "usage":
      return withUsage(false, "usageSoFar", said["usage"]);
    default:
      return empty;
  }
}

function withUsage(carries: boolean, name: "usage" | "usageSoFar", usage: unknown): Piece {
  const piece = carries ? content : empty;
  return isRecord(usage) ? { ...piece, [name]: usage satisfies Fields } : piece;
}

/** Fields that say what a block is or where it belongs, and nothing of what the model said. */
const labels: ReadonlySet<string> = new Set(["type", "index", "id"]);
const deepest = 3;

function saysAnything(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return value !== "";
  if (depth === deepest || typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([name, part]) => !labels.has(name) && saysAnything(part, depth + 1),
  );
}
