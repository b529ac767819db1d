import type { JsonObject, JsonValue } from "../../vocabulary/json.ts";
import type { Usage } from "../../vocabulary/usage.ts";

/** What the attributes of a span say of one call of a model. Absent: they do not. */
export interface ReceivedCall {
  readonly provider?: string;
  readonly requestModel?: string;
  readonly model?: string;
  readonly finishReason?: string;
  readonly responseId?: string;
  readonly usage?: Usage;
}

/**
 * Read in the names of the GenAI conventions, of before they had them, and of OpenInference. Whether the span is a call at all its framework knows:
 * the same names stand on agents, as sums.
 */
export function receivedCall(attributes: JsonObject): ReceivedCall {
  const texts = {
    provider: textUnder(attributes, ["gen_ai.provider.name", "gen_ai.system", "llm.provider"]),
    requestModel: textUnder(attributes, ["gen_ai.request.model"]),
    model: textUnder(attributes, ["gen_ai.response.model", "llm.model_name"]),
    finishReason: finishReasonIn(attributes),
    responseId: textUnder(attributes, ["gen_ai.response.id"]),
  };
  const usage = usageIn(attributes);
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)),
    ...(usage === null ? {} : { usage }),
  };
}

/** Of each count, the names under which it stands; the first that is there tells. */
const counts = {
  prompt: ["gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt"],
  cacheRead: [
    "gen_ai.usage.cache_read.input_tokens",
    "gen_ai.usage.cache_read_input_tokens",
    "llm.token_count.prompt_details.cache_read",
  ],
  cacheWrite: [
    "gen_ai.usage.cache_write.input_tokens",
    "gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_creation_input_tokens",
    "llm.token_count.prompt_details.cache_write",
  ],
  output: [
    "gen_ai.usage.output_tokens",
    "gen_ai.usage.completion_tokens",
    "llm.token_count.completion",
  ],
  reasoning: [
    "gen_ai.usage.reasoning.output_tokens",
    "gen_ai.usage.reasoning_tokens",
    "llm.token_count.completion_details.reasoning",
  ],
} as const;

/**
 * All of these count what came from a cache, and what went into one, into the prompt. Where that is not told apart, all of it stands as input. Null:
 * no tokens are told, or none at all, which is how some say that the server told them nothing: a call that was answered never has no prompt.
 */
function usageIn(attributes: JsonObject): Usage | null {
  const [prompt, output] = [counted("prompt", attributes), counted("output", attributes)];
  if ((prompt ?? 0) + (output ?? 0) === 0) return null;
  const cacheRead = within(prompt, counted("cacheRead", attributes));
  const uncached = prompt === null ? null : prompt - (cacheRead ?? 0);
  const cacheWrite = within(uncached, counted("cacheWrite", attributes));
  return {
    input: uncached === null ? null : uncached - (cacheWrite ?? 0),
    cacheRead,
    cacheWrite,
    output,
    reasoning: counted("reasoning", attributes),
  };
}

/** Some servers tell of more than the prompt has. */
const within = (whole: number | null, part: number | null): number | null =>
  part === null ? null : Math.min(part, whole ?? part);

function counted(count: keyof typeof counts, attributes: JsonObject): number | null {
  const values = counts[count].map((name) => attributes[name]);
  const value = values.find((said) => typeof said === "number" && said >= 0);
  return typeof value === "number" ? value : null;
}

/** A list, a list as JSON text, or one reason by itself; of several choices, the first one's. */
function finishReasonIn(attributes: JsonObject): string | undefined {
  const said = attributes["gen_ai.response.finish_reasons"] ?? attributes["llm.finish_reason"];
  const reasons = typeof said === "string" && said.startsWith("[") ? listIn(said) : said;
  const first: JsonValue | undefined = Array.isArray(reasons) ? reasons[0] : reasons;
  return typeof first === "string" && first !== "" ? first.slice(0, longestName) : undefined;
}

function listIn(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** Names stand in the open in a journal, so they stay short. */
const longestName = 200;

function textUnder(attributes: JsonObject, names: readonly string[]): string | undefined {
  const values = names.map((name) => attributes[name]);
  const text = values.find((value) => typeof value === "string" && value !== "");
  return typeof text === "string" ? text.slice(0, longestName) : undefined;
}
