import type { JsonObject, Usage } from "@spoor/core";
import { countOf, fieldsOf, known, textOf } from "../reading.ts";
import type { ModelAnswer } from "./answer.ts";
import { rawUsageOf } from "./answer.ts";

/**
 * What a call's price depends on besides the counts of its usage, by the names of Anthropic's API: OpenAI says its tier elsewhere. `input_tokens`:
 * the length of a prompt whose parts are not known. Undefined where nobody said any of it.
 */
export function termsOf(
  answer: ModelAnswer,
  provider: string | undefined,
  usage: Pick<Usage, "input">,
): JsonObject | undefined {
  const raw = rawUsageOf(answer);
  const { response, fields } = answer;
  const searches = countOf(fieldsOf(raw["server_tool_use"])["web_search_requests"]);
  const counted = fieldsOf(fields["usage_metadata"]);
  const terms = known({
    service_tier:
      textOf(raw["service_tier"]) ??
      (provider === "openai" ? textOf(response["service_tier"]) : undefined),
    speed: textOf(raw["speed"]),
    inference_geo: textOf(raw["inference_geo"]),
    input_tokens: usage.input === null ? countOf(counted["input_tokens"]) : undefined,
    server_tool_use: searches === undefined ? undefined : { web_search_requests: searches },
  });
  return Object.keys(terms).length === 0 ? undefined : terms;
}
