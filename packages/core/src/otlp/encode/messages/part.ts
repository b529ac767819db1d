import { textOf } from "../json-text.ts";
import type { JsonObject, JsonValue } from "../../../vocabulary/json.ts";
import { type Block, isBlock, recordIn, textIn } from "./block.ts";
import { mediaPart } from "./media.ts";
import {
  serverToolCallPart,
  serverToolResponsePart,
  toolCallPart,
  toolResponsePart,
} from "./tool-parts.ts";

/** A text, a block, or a list of them, as parts of the conventions. */
export function partsOf(content: JsonValue): readonly JsonObject[] {
  const blocks: readonly JsonValue[] = Array.isArray(content) ? content : [content];
  return blocks.map(partOf);
}

/** A part of that type; null where a block does not have what the schema asks of one. */
type Reading = (block: Block) => JsonObject | null;

/** What the blocks of providers and frameworks are. Those that are not here have no counterpart and stay as they are, as the schema allows. */
const readings: ReadonlyMap<string, Reading> = new Map(
  Object.entries({
    ...ofTypes(textPart, "text input_text output_text text-plain"),
    ...ofTypes(reasoningPart, "reasoning thinking reasoning_content"),
    ...ofTypes(toolCallPart, "tool_call tool_use tool-call function function_call functionCall"),
    ...ofTypes(toolCallPart, "invalid_tool_call"),
    ...ofTypes(toolResponsePart, "tool_call_response tool_result tool-result functionResponse"),
    ...ofTypes(toolResponsePart, "function_call_output"),
    ...ofTypes(serverToolCallPart, "server_tool_call server_tool_use mcp_tool_use"),
    ...ofTypes(serverToolResponsePart, "server_tool_call_response server_tool_call_result"),
    ...ofTypes(mediaPart, "blob uri file image image_url input_image audio input_audio video"),
    ...ofTypes(mediaPart, "video_url document input_file media"),
    ...ofTypes(compactionPart, "compaction"),
  }),
);

function ofTypes(reading: Reading, types: string): Readonly<Record<string, Reading>> {
  return Object.fromEntries(types.split(" ").map((type) => [type, reading]));
}

/** Types that the schema asks something of: a block that bears one and does not have it is told as text, so that nothing of it is lost. */
const strict: ReadonlySet<string> = new Set([
  "text",
  "reasoning",
  "tool_call",
  "tool_call_response",
  "server_tool_call",
  "server_tool_call_response",
  "blob",
  "file",
  "uri",
  "compaction",
]);

function partOf(value: JsonValue): JsonObject {
  if (!isBlock(value)) return { type: "text", content: textOf(value) };
  const reading = value.type.endsWith("_tool_result")
    ? serverToolResponsePart
    : readings.get(value.type);
  const part = reading?.(value) ?? null;
  if (part !== null) return part;
  return strict.has(value.type) ? { type: "text", content: textOf(value) } : value;
}

function textPart(block: Block): JsonObject | null {
  const content = textIn(block, "text", "content");
  return content === null ? null : { type: "text", content };
}

/** What a model thought, or the summary of it that its provider shows. */
function reasoningPart(block: Block): JsonObject | null {
  const inner = recordIn(block, "reasoningText");
  const said =
    textIn(block, "thinking", "reasoning", "content", "text") ??
    textIn(inner, "text") ??
    textsIn(block["summary"] ?? block["content"]);
  return said === null ? null : { type: "reasoning", content: said };
}

function textsIn(blocks: JsonValue | undefined): string | null {
  if (!Array.isArray(blocks)) return null;
  return blocks
    .map((block) => (isBlock(block) ? (textIn(block, "text") ?? "") : textOf(block)))
    .join("\n");
}

function compactionPart(block: Block): JsonObject {
  const { id, content } = block;
  return {
    type: "compaction",
    ...(typeof id === "string" ? { id } : {}),
    ...(content === undefined || content === null ? {} : { content: textOf(content) }),
  };
}
