import { type Usage, unknownUsage } from "@spoor/core";
import { countOf, fieldsOf, parsed } from "./messages/narrow.ts";

/** What the model server answered, a call a line. OpenAI counts cached tokens into the prompt, Anthropic beside it. */
export function usageIn(line: string): Usage {
  const { usage, api } = fieldsOf(parsed(line));
  const counted = fieldsOf(usage);
  const [prompt, output] = [
    countOf(counted["prompt_tokens"]),
    countOf(counted["completion_tokens"]),
  ];
  if (prompt === undefined || output === undefined) return unknownUsage;
  const told = countOf(counted["cached_tokens"]) ?? 0;
  // The scripted server tells of more than the prompt has, now and then.
  const cached = api === "anthropic" ? told : Math.min(told, prompt);
  return {
    ...unknownUsage,
    input: api === "anthropic" ? prompt : prompt - cached,
    cacheRead: cached,
    cacheWrite: countOf(counted["cache_write_tokens"]) ?? null,
    output,
  };
}
