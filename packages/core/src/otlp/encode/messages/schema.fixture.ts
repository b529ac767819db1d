import { isRecord } from "../../../vocabulary/json.ts";

/** What the conventions' JSON schemas ask of a field. Further fields are allowed everywhere, and parts of types that are not listed. */
type Field = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Field>>;

const text: Field = (value) => typeof value === "string";
const there: Field = (value) => value !== undefined;
const maybeText: Field = (value) => value === undefined || value === null || text(value);
const typed: Field = (value) => isRecord(value) && typeof value["type"] === "string";
const modality: Field = (value) =>
  ["image", "video", "audio", "document"].some((known) => known === value);

const parts: Readonly<Record<string, Shape>> = {
  text: { content: text },
  reasoning: { content: text },
  tool_call: { id: maybeText, name: text },
  tool_call_response: { id: maybeText, response: there },
  server_tool_call: { id: maybeText, name: text, server_tool_call: typed },
  server_tool_call_response: { id: maybeText, server_tool_call_response: typed },
  blob: { modality, mime_type: maybeText, content: text },
  file: { modality, mime_type: maybeText, file_id: text },
  uri: { modality, mime_type: maybeText, uri: text },
  compaction: { id: maybeText, content: maybeText },
};

function problemsIn(value: unknown, shape: Shape, at: string): readonly string[] {
  if (!isRecord(value)) return [`${at} is no object`];
  return Object.entries(shape).flatMap(([name, holds]) =>
    holds(value[name]) ? [] : [`${at}.${name} is ${JSON.stringify(value[name])}`],
  );
}

function problemsInPart(part: unknown, at: string): readonly string[] {
  const problems = problemsIn(part, { type: text }, at);
  if (problems.length > 0 || !isRecord(part)) return problems;
  return problemsIn(part, parts[String(part["type"])] ?? {}, at);
}

/** Input and output messages: a list of `{ role, parts, name? }`. */
export function problemsInMessages(messages: unknown): readonly string[] {
  if (!Array.isArray(messages)) return ["the messages are no list"];
  return messages.flatMap((message: unknown, index) => {
    const at = `[${index}]`;
    const problems = problemsIn(message, { role: text, name: maybeText, parts: Array.isArray }, at);
    const said: unknown = isRecord(message) ? message["parts"] : null;
    return [
      ...problems,
      ...(Array.isArray(said)
        ? said.flatMap((part, place) => problemsInPart(part, `${at}.parts[${place}]`))
        : []),
    ];
  });
}

/** A list of parts without a speaker. */
export function problemsInInstructions(instructions: unknown): readonly string[] {
  if (!Array.isArray(instructions)) return ["the instructions are no list"];
  return instructions.flatMap((part, index) => problemsInPart(part, `[${index}]`));
}

export function problemsInTools(tools: unknown): readonly string[] {
  if (!Array.isArray(tools)) return ["the definitions are no list"];
  return tools.flatMap((tool, index) =>
    problemsIn(tool, { type: text, name: text, description: maybeText }, `[${index}]`),
  );
}
