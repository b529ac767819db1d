import { textOf } from "../json-text.ts";
import { isRecord, type JsonObject, type JsonValue } from "../../../vocabulary/json.ts";
import { recordIn, textIn, valueIn } from "./block.ts";

/** The tools that a model was offered, as definitions of the conventions, in the words of whatever provider they were said. */
export function toolDefinitionsOf(tools: JsonValue): readonly JsonObject[] {
  const list = Array.isArray(tools) ? tools : isRecord(tools) ? byName(tools) : [tools];
  return list.flatMap(definitionsOf);
}

/** Only what a definition must have, as the conventions advise for what is sent again and again. */
export function onlyNamed({ type, name }: JsonObject): JsonObject {
  return { type: type ?? "", name: name ?? "" };
}

/** Some APIs are given tools as the members of an object. */
function byName(tools: JsonObject): readonly JsonValue[] {
  if (textIn(tools, "name", "type") !== null || "functionDeclarations" in tools) return [tools];
  return Object.entries(tools).map(([name, tool]) => (isRecord(tool) ? { name, ...tool } : name));
}

function definitionsOf(tool: JsonValue): readonly JsonObject[] {
  if (!isRecord(tool)) return [{ type: "function", name: textOf(tool) }];
  const declared = tool["functionDeclarations"];
  if (Array.isArray(declared)) return declared.flatMap(definitionsOf);
  return [definitionOf(tool)];
}

/** A tool of the provider's own has a type in the place of a name. */
function definitionOf(tool: JsonObject): JsonObject {
  const told = { ...tool, ...recordIn(tool, "function") };
  const type = textIn(tool, "type") ?? "function";
  const description = textIn(told, "description");
  const parameters = valueIn(told, "parameters", "input_schema", "inputSchema", "schema");
  return {
    type,
    name: textIn(told, "name") ?? type,
    ...(description === null ? {} : { description }),
    ...(parameters === undefined ? {} : { parameters }),
  };
}
