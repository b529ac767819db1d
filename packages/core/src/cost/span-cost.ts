import type { ContentReader } from "../journal/content.ts";
import type { Span } from "../run-tree/span.ts";
import { answeringModel } from "./answering-model.ts";
import type { Assumption } from "./counts.ts";
import type { PriceBook } from "./prices/price-book.ts";
import { type Cost, priceCall } from "./price-call.ts";
import { type CoveredCalls, type Rest, restsOf } from "./rest.ts";
import { sharedTerms, type Terms, termsIn, termsOf, unknownTerms } from "./terms.ts";

/** What spans are priced with. */
export interface Pricing {
  readonly book: PriceBook;
  /** Terms of a price are content. */
  readonly content: ContentReader;
}

export interface Priced {
  readonly terms: Terms;
  readonly cost: Cost;
}

/** What a model call cost. */
export function callCost(call: Span, { book, content }: Pricing): Priced {
  const { requestModel, provider, usage } = call;
  const model = answeringModel(call);
  const terms = termsOf(call, content);
  const at = call.startedAt ?? call.endedAt;
  const cost = priceCall({ model: model ?? requestModel, provider, at, usage, terms }, book);
  return {
    terms,
    cost: assuming(cost, [...whenAssumed(call), ...(model === null ? [modelAssumed] : [])]),
  };
}

export interface PricedRest extends Priced {
  readonly rest: Rest;
  /** That of a call of the same model. */
  readonly provider: string | null;
}

/** What a turn used beyond the calls that were seen, model by model. */
export function restCosts(
  turn: Span,
  covered: CoveredCalls,
  pricing: Pricing,
): readonly PricedRest[] {
  return restsOf(turn, covered).map((rest): PricedRest => {
    const provider = rest.seen.find((call) => call.provider !== null)?.provider ?? null;
    const terms = restTerms(rest, pricing);
    if (!terms)
      return {
        rest,
        provider,
        terms: unknownTerms,
        cost: { usd: null, unknown: "its calls were made on different terms" },
      };
    const { model, usage } = rest;
    const at = turn.startedAt ?? turn.endedAt;
    const besides = rest.seen.map((call) => call.usage);
    const cost = priceCall({ model, provider, at, usage, terms, besides }, pricing.book);
    return { rest, provider, terms, cost: assuming(cost, whenAssumed(turn)) };
  });
}

/** On the terms of the calls that were seen, where those agree; and the searches that only the totals know of. */
function restTerms({ seen, totals }: Rest, { content }: Pricing): Terms | null {
  const ofCalls = seen.map((call) => termsOf(call, content));
  const shared = sharedTerms(ofCalls);
  const searched = totals.flatMap(({ native }) =>
    native === undefined ? [] : (termsIn(native, content).webSearches ?? []),
  );
  if (!shared || searched.length === 0) return shared;
  const known = ofCalls.reduce((sum, { webSearches }) => sum + (webSearches ?? 0), 0);
  return { ...shared, webSearches: searched.reduce((sum, count) => sum + count, -known) };
}

const whenAssumed = ({ inferred, startedAt }: Span): readonly Assumption[] =>
  inferred.includes(startedAt === null ? "endedAt" : "startedAt")
    ? ["the time is reasoned from neighbours"]
    : [];

const modelAssumed: Assumption = "the model is the one that was asked for";

const assuming = (cost: Cost, also: readonly Assumption[]): Cost =>
  cost.usd === null ? cost : { ...cost, assumed: [...also, ...cost.assumed] };
