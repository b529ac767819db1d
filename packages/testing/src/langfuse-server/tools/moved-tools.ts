import { isRecord, type Loose, parsed } from "../loose.ts";
import { toolName } from "./tool-definitions.ts";

export interface Moved {
  readonly input: unknown;
  readonly metadata: Loose;
}

/** Definitions of tools that stand in the metadata go over to the input, which is wrapped in an object for them. All else stays as it is. */
export function withToolsMoved(input: unknown, metadata: Loose): Moved {
  const found = takenFrom(metadata);
  if (found.tools.length === 0) return { input, metadata };
  const merged = merge(input, found.tools);
  return merged === null ? { input, metadata } : { input: merged, metadata: found.metadata };
}

function takenFrom(metadata: Loose): {
  readonly tools: readonly unknown[];
  readonly metadata: Loose;
} {
  const own = allTools(metadata["tools"]);
  const rest = own === null || own.length === 0 ? metadata : omit(metadata, ["tools"]);
  const attributes = parsed(metadata["attributes"]);
  if (!isRecord(attributes)) return { tools: firstOfEach(own ?? []), metadata: rest };
  const key = "gen_ai.tool.definitions";
  const conventional = allTools(attributes[key]);
  const numbered = Object.keys(attributes)
    .filter((name) => /^llm\.tools\.\d+\.tool\.json_schema$/.test(name))
    .filter((name) => toolName(parsed(attributes[name])) !== null)
    .toSorted((a, b) => Number(a.split(".")[2]) - Number(b.split(".")[2]));
  const left = omit(attributes, [...(conventional === null ? [] : [key]), ...numbered]);
  const tools = [
    ...(own ?? []),
    ...(conventional ?? []),
    ...numbered.map((name) => parsed(attributes[name])),
  ];
  return {
    tools: firstOfEach(tools),
    metadata: {
      ...omit(rest, ["attributes"]),
      ...(Object.keys(left).length === 0 ? {} : { attributes: left }),
    },
  };
}

/** Null where it is no list, or one that holds anything else too. */
function allTools(value: unknown): readonly unknown[] | null {
  const list = parsed(value);
  if (!Array.isArray(list)) return null;
  const tools = list.map(parsed);
  return tools.every((tool) => toolName(tool) !== null) ? tools : null;
}

function firstOfEach(tools: readonly unknown[]): readonly unknown[] {
  const seen = new Set<string>();
  return tools.filter((tool) => {
    const name = toolName(tool);
    return name === null || (!seen.has(name) && seen.add(name));
  });
}

/** Null where the input can hold no tools. */
function merge(input: unknown, tools: readonly unknown[]): unknown {
  const read = parsed(input);
  if (Array.isArray(read)) return { messages: read, tools };
  if (isRecord(read)) {
    const own = read["tools"] ?? null;
    if (own === null) return { ...read, tools };
    const list = toolLike(own);
    return list === null ? null : { ...read, tools: firstOfEach([...list, ...tools]) };
  }
  if (read === null || read === undefined) return { tools };
  return typeof read === "string" ? { prompt: read, tools } : null;
}

function toolLike(value: unknown): readonly unknown[] | null {
  const list = parsed(value);
  if (!Array.isArray(list)) return null;
  if (list.length === 0) return [];
  const tools = list
    .map(parsed)
    .filter(
      (tool) => isRecord(tool) && (toolName(tool) !== null || typeof tool["type"] === "string"),
    );
  return tools.length === 0 ? null : tools;
}

const omit = (object: Loose, keys: readonly string[]): Loose =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
