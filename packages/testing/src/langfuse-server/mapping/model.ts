import { asText, firstOf, isRecord, type Loose, parsed } from "../loose.ts";

const summed: ReadonlySet<unknown> = new Set(["invoke_agent", "agent_step"]);

/** Spans of these operations lose their model, their usage and their cost, also where Langfuse's own attributes give them: elsewhere they are sums. */
export function isSummed(attributes: Loose): boolean {
  return summed.has(attributes["gen_ai.operation.name"]);
}

export function modelIn(attributes: Loose): string | null {
  return firstOf(attributes, [
    "langfuse.observation.model.name",
    "gen_ai.response.model",
    "ai.model.id",
    "gen_ai.request.model",
    "llm.response.model",
    "llm.model_name",
    "model",
  ]);
}

/** An object of text and numbers, all else in it as JSON text; a whole that is no object stays as it is. Where nothing is said: each `gen_ai.request.…` but the model. */
export function parametersIn(attributes: Loose): unknown {
  const own = readAt(attributes, "langfuse.observation.model.parameters");
  const said = own || readAt(attributes, "llm.invocation_parameters");
  return said === undefined ? plain(requested(attributes)) : parsed(said || {});
}

/** Undefined for what is no JSON: the next place is asked then. */
function readAt(attributes: Loose, key: string): unknown {
  if (!attributes[key]) return undefined;
  try {
    return plain(JSON.parse(asText(attributes[key])));
  } catch {
    return undefined;
  }
}

function plain(parameters: unknown): unknown {
  if (typeof parameters !== "object" || parameters === null) return parameters;
  const entries = Object.entries(parameters).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === "string" || typeof value === "number" ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(entries) as Loose;
}

function requested(attributes: Loose): Loose {
  const prefix = "gen_ai.request.";
  const entries = Object.entries(attributes)
    .filter(([name]) => name.startsWith(prefix) && name !== `${prefix}model`)
    .map(([name, value]) => [name.slice(prefix.length), value] as const);
  return Object.fromEntries(entries);
}

/** The prompt that a generation was made of; on every other type it is dropped. */
export interface PromptLink {
  readonly promptName: string | null;
  readonly promptVersion: unknown;
}

export function promptIn(attributes: Loose, type: string): PromptLink {
  if (type !== "GENERATION") return { promptName: null, promptVersion: null };
  const name = attributes["langfuse.observation.prompt.name"] ?? attributes["langfuse.prompt.name"];
  const version =
    attributes["langfuse.observation.prompt.version"] ?? attributes["langfuse.prompt.version"];
  return {
    promptName: name === undefined || name === null ? null : asText(name),
    promptVersion: version ?? null,
  };
}

/** Null: absent, or text that is no JSON, so that other attributes are asked. Anything that is no object is an empty one, and nothing else is asked. */
export function objectIn(attributes: Loose, key: string): Loose | null {
  const value = attributes[key];
  if (!value) return null;
  if (typeof value !== "string") return {};
  try {
    const read: unknown = JSON.parse(value);
    return isRecord(read) ? read : {};
  } catch {
    return null;
  }
}
