import { asText, type Loose } from "../loose.ts";

/** What a span of a foreign scope has copied into its metadata: every attribute, as text, but for content and metadata, which have places of their own. */
export function leftoverOf(attributes: Loose): Loose {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([key]) => !spoken.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)))
      .map(([key, value]) => [key, asText(value)]),
  );
}

const spoken: ReadonlySet<string> = new Set([
  "langfuse.trace.input",
  "langfuse.trace.output",
  "langfuse.observation.input",
  "langfuse.observation.output",
  "gen_ai.system_instructions",
  "gen_ai.input.messages",
  "gen_ai.output.messages",
  "gen_ai.tool.call.arguments",
  "gen_ai.tool.call.result",
  "input.value",
  "output.value",
  "input",
  "output",
  "prompt",
  "events",
]);

const prefixes = [
  "langfuse.trace.metadata",
  "langfuse.observation.metadata",
  "gen_ai.prompt",
  "gen_ai.completion",
  "llm.input_messages",
  "llm.output_messages",
];
