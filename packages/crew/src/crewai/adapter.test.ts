import { type Usage, unknownUsage } from "@spoor/core";
import { describeAdapter } from "@spoor/testing";
import { join } from "node:path";
import { crewai } from "./adapter.ts";
import { countOf, fieldsOf, parsed } from "../reading/narrow.ts";

/** What the model server answered, a request a line. OpenAI counts what came from a cache into the prompt, Anthropic beside it. */
function usageIn(line: string): Usage {
  const { usage, path } = fieldsOf(parsed(line));
  const counted = fieldsOf(usage);
  if (path === "messages/count_tokens") return unknownUsage;
  const count = (name: string): number | undefined => countOf(counted[name]);
  const [input, output] = [count("input_tokens"), count("output_tokens")];
  if (input !== undefined && output !== undefined)
    return {
      ...unknownUsage,
      input,
      cacheRead: count("cache_read_input_tokens") ?? null,
      cacheWrite: count("cache_creation_input_tokens") ?? null,
      output,
    };
  const [prompt, completion] = [count("prompt_tokens"), count("completion_tokens")];
  if (prompt === undefined || completion === undefined) return unknownUsage;
  const cached = countOf(fieldsOf(counted["prompt_tokens_details"])["cached_tokens"]) ?? 0;
  return { ...unknownUsage, input: prompt - cached, cacheRead: cached, output: completion };
}

describeAdapter(crewai, {
  fixtures: join(import.meta.dirname, "fixtures/laws"),
  // A client that does not tell the end of a call that asks for tools, and calls that failed.
  truth: { usageIn, uncountable: ["litellm-tools", "bad-request"] },
});
