import type { SentSpan } from "../intake/sent-span.ts";
import { isRecord, type Loose, parsed } from "../loose.ts";
import { nestedUnder } from "./nested.ts";

/** What went in and what came out, whatever it is: mostly text, sometimes JSON text, and a value where the server put it together. */
export interface Spoken {
  readonly input: unknown;
  readonly output: unknown;
}

/** Langfuse's own words first, then the conventions' event, then their older events, then the names of others, and the conventions' attributes last. */
export function spokenOn({ attributes, events }: SentSpan): Spoken {
  return (
    own(attributes) ??
    details(events) ??
    messages(events) ??
    pair(attributes, "input.value", "output.value") ??
    pair(attributes, "input", "output") ??
    spread(attributes, "gen_ai.prompt", "gen_ai.completion") ??
    spread(attributes, "llm.input_messages", "llm.output_messages") ??
    conventional(attributes) ?? { input: null, output: null }
  );
}

function own(attributes: Loose): Spoken | null {
  const input = attributes["langfuse.observation.input"];
  const output = attributes["langfuse.observation.output"];
  const isThere = (input ?? null) !== null || (output ?? null) !== null;
  return isThere ? { input, output } : null;
}

function pair(attributes: Loose, inward: string, outward: string): Spoken | null {
  const input = attributes[inward];
  const output = attributes[outward];
  return input || output ? { input, output } : null;
}

/** Any name that begins so is enough, as that of a prompt's name: then what it says is the input, and nothing else is asked. */
function spread(attributes: Loose, inward: string, outward: string): Spoken | null {
  const isSaid = Object.keys(attributes).some(
    (name) => name.startsWith(inward) || name.startsWith(outward),
  );
  if (!isSaid) return null;
  return { input: nestedUnder(attributes, inward), output: nestedUnder(attributes, outward) };
}

function details(events: SentSpan["events"]): Spoken | null {
  for (const { name, attributes } of events) {
    const spoken =
      name === "gen_ai.client.inference.operation.details" ? conventional(attributes) : null;
    if (spoken !== null) return spoken;
  }
  return null;
}

function messages(events: SentSpan["events"]): Spoken | null {
  const input = events.flatMap(({ name, attributes }) => {
    const role = /^gen_ai\.(system|user|assistant|tool)\.message$/.exec(name)?.[1];
    return role === undefined ? [] : [{ role, ...attributes }];
  });
  const choices = events
    .filter(({ name }) => name === "gen_ai.choice")
    .map(({ attributes }) => attributes);
  if (input.length === 0 && choices.length === 0) return null;
  return {
    input: input.length === 0 ? null : input,
    output: choices.length === 0 ? null : choices.length === 1 ? choices[0] : choices,
  };
}

function conventional(attributes: Loose): Spoken | null {
  const said = pair(attributes, "gen_ai.input.messages", "gen_ai.output.messages");
  if (said === null)
    return pair(attributes, "gen_ai.tool.call.arguments", "gen_ai.tool.call.result");
  const instructions = attributes["gen_ai.system_instructions"];
  const { input, output } = said;
  return input && instructions ? { input: withInstructions(input, instructions), output } : said;
}

/** Before the first message, as one of the role `system`; not where the messages have one already, or are no list. */
function withInstructions(input: unknown, instructions: unknown): unknown {
  const list = parsed(input);
  if (!Array.isArray(list)) return input;
  if (list.some((message: unknown) => isRecord(message) && message["role"] === "system"))
    return input;
  const merged = [{ role: "system", content: instructionText(parsed(instructions)) }, ...list];
  return typeof input === "string" ? JSON.stringify(merged) : merged;
}

function instructionText(instructions: unknown): string {
  if (!Array.isArray(instructions)) return String(instructions);
  return instructions
    .map((part: unknown) => (isRecord(part) && part["content"] ? part["content"] : part))
    .map(String)
    .join("\n");
}
