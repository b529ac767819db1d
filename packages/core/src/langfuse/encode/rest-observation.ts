import { costDetailsOf, type Pricing } from "../../otlp/encode/overlays/langfuse/cost-details.ts";
import type { Observation } from "../../otlp/encode/overlays/langfuse/observation.ts";
import { usageDetailsOf } from "../../otlp/encode/overlays/langfuse/usage-details.ts";
import { notBelowZero } from "../../otlp/encode/token-attributes.ts";
import type { Span } from "../../run-tree/span.ts";
import { factsOfRest } from "../facts/rest-facts.ts";
import { totalsOf } from "../facts/usage-facts.ts";
import { beneath } from "./beneath.ts";
import { derivedId } from "./derived-id.ts";

/**
 * What a turn used beyond the calls that were seen, as a generation where the turn ends, so that Langfuse counts it; none where there is no such rest.
 * It has a cost where one model was counted: how several share it shows over the whole session alone.
 */
export function restObservations(
  turn: Span,
  observation: Observation,
  pricing: Pricing,
): readonly Observation[] {
  if (turn.unattributed === null) return [];
  const model = onlyModelOf(turn);
  const unattributed = notBelowZero(turn.unattributed);
  const usageDetails = usageDetailsOf(unattributed, model);
  if (usageDetails === null || Object.values(usageDetails).every((tokens) => tokens === 0))
    return [];
  return [
    {
      ...beneath(observation),
      id: derivedId("rest", turn.spanId),
      type: "generation",
      name: "unattributed usage",
      start: observation.end,
      statusMessage: turn.totalsFinal ? counted : estimated,
      model,
      usageDetails,
      costDetails: costDetailsOf({ ...turn, unattributed }, pricing),
      metadata: factsOfRest,
    },
  ];
}

const counted = "what the framework counted for this turn beyond the calls that were seen";
const estimated = `${counted}, by totals that are estimates`;

function onlyModelOf(turn: Span): string | null {
  const [model, ...others] = new Set(totalsOf(turn).map((total) => total.model ?? null));
  return others.length === 0 ? (model ?? null) : null;
}
