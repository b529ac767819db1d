import { isRecord, type Loose, parsed, textAt } from "../loose.ts";

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON text. */
  readonly parameters: string;
}

/** What the tool is called, in OpenAI's nested shape or a flat one. Null: it is none. */
export function toolName(tool: unknown): string | null {
  const name = flat(tool)["name"];
  return typeof name === "string" && name !== "" ? name : null;
}

function flat(tool: unknown): Loose {
  const read = parsed(tool);
  if (!isRecord(read)) return {};
  return isRecord(read["function"]) ? read["function"] : read;
}

/** The tools that an input offers to a model: its own list, and those of its messages; the first of a name. */
export function definitionsIn(input: unknown): readonly ToolDefinition[] {
  const said = Array.isArray(input) ? { messages: input } : input;
  if (!isRecord(said)) return [];
  const messages = listOf(said["messages"]).filter(isRecord);
  const tools = [...listOf(said["tools"]), ...messages.flatMap(toolsOf)];
  const byName = new Map<string, ToolDefinition>();
  for (const tool of tools) {
    const name = toolName(tool);
    if (name !== null && !byName.has(name)) byName.set(name, definitionOf(name, flat(tool)));
  }
  return [...byName.values()];
}

function toolsOf(message: Loose): readonly unknown[] {
  const { content } = message;
  const offered =
    message["role"] === "tool" &&
    isRecord(content) &&
    content["type"] === "function" &&
    Boolean(content["function"]);
  return [...listOf(message["tools"]), ...(offered ? [content] : [])];
}

function definitionOf(name: string, tool: Loose): ToolDefinition {
  const parameters = tool["parameters"] ?? tool["parameters_json_schema"] ?? tool["inputSchema"];
  return {
    name,
    description: textAt(tool, "description") ?? textAt(tool, "desc") ?? "",
    parameters: parameters ? JSON.stringify(parameters) : "",
  };
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
