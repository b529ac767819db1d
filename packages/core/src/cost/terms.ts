import type { ContentReader } from "../journal/content.ts";
import type { Span } from "../run-tree/span.ts";
import type { Held } from "../vocabulary/event.ts";
import { isRecord } from "../vocabulary/json.ts";

/** What a price depends on besides tokens and time, in the provider's words. Null: nobody said. */
export interface Terms {
  /** `standard`, `batch`, `flex`, `priority` … */
  readonly tier: string | null;
  /** `standard`, `fast`. */
  readonly speed: string | null;
  /** Where it was worked out, if that costs more: `us`. */
  readonly region: string | null;
  /** Searches that the provider made and charges for. */
  readonly webSearches: number | null;
}

export const unknownTerms: Terms = { tier: null, speed: null, region: null, webSearches: null };

/**
 * The only place that reads prices' terms out of `native`: the vocabulary has no words for them. An adapter keeps them under `usage` of what
 * its framework said of a call (on `model.ended`) or of a report (on `usage.reported`), by the names of Anthropic's API: `service_tier`, `speed`,
 * `inference_geo`, `server_tool_use.web_search_requests`. Whoever speaks later is heard; what is left out stays unknown.
 */
export function termsOf(call: Span, content: ContentReader): Terms {
  const reports = call.marks.flatMap(({ type, native }) =>
    type === "usage.reported" && native !== undefined ? [native] : [],
  );
  return [...(call.native === null ? [] : [call.native]), ...reports].reduce(
    (known, held) => laterTerms(known, termsIn(held, content)),
    unknownTerms,
  );
}

/** What one report says. */
export function termsIn(held: Held, content: ContentReader): Terms {
  const answer = content.read(held);
  const native = answer.kind === "value" ? answer.value : null;
  const usage = isRecord(native) ? native["usage"] : null;
  if (!isRecord(usage)) return unknownTerms;
  const tools = usage["server_tool_use"];
  return {
    tier: textOf(usage["service_tier"]),
    speed: textOf(usage["speed"]),
    region: textOf(usage["inference_geo"]),
    webSearches: isRecord(tools) ? countOf(tools["web_search_requests"]) : null,
  };
}

/** What all of them agree on. Where they differ, or one is silent, nothing is known. */
export function sharedTerms(terms: readonly Terms[]): Terms | null {
  const [first, ...others] = terms;
  if (!first) return unknownTerms;
  const agree = others.every(
    ({ tier, speed, region }) =>
      tier === first.tier && speed === first.speed && region === first.region,
  );
  return agree ? { ...first, webSearches: null } : null;
}

const laterTerms = (earlier: Terms, later: Terms): Terms => ({
  tier: later.tier ?? earlier.tier,
  speed: later.speed ?? earlier.speed,
  region: later.region ?? earlier.region,
  webSearches: later.webSearches ?? earlier.webSearches,
});

const textOf = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;
const countOf = (value: unknown): number | null =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
