import type { JsonObject } from "@spoor/core";
import { countOf, fieldsOf, known, textOf } from "../reading.ts";
import type { ModelAnswer } from "./answer.ts";
import { rawUsageOf } from "./answer.ts";

/** What a call's price depends on besides its tokens, by the names of Anthropic's API: OpenAI says its tier elsewhere. Undefined where nobody said. */
export function termsOf(answer: ModelAnswer, provider: string | undefined): JsonObject | undefined {
  const usage = rawUsageOf(answer);
  const { response } = answer;
  const searches = countOf(fieldsOf(usage["server_tool_use"])["web_search_requests"]);
  const terms = known({
    service_tier:
      textOf(usage["service_tier"]) ??
      (provider === "openai" ? textOf(response["service_tier"]) : undefined),
    speed: textOf(usage["speed"]),
    inference_geo: textOf(usage["inference_geo"]),
    server_tool_use: searches === undefined ? undefined : { web_search_requests: searches },
  });
  return Object.keys(terms).length === 0 ? undefined : terms;
}
