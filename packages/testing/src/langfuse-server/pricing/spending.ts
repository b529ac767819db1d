import type { Loose } from "../loose.ts";
import type { Counts } from "../mapping/usage.ts";
import { type PricedModel, pricedModel } from "./priced-models.ts";

/** What the server makes of what it was told, and of what it knows of the model. */
export interface Spending {
  readonly modelId: string | null;
  readonly usageDetails: Counts;
  readonly costDetails: Counts;
  /** Nobody said what was used, so the server counted the text itself; here, a token for every four characters. */
  readonly estimated: boolean;
}

export interface Told {
  readonly model: string | null;
  readonly providedUsageDetails: Counts;
  readonly providedCostDetails: Loose;
  readonly input: string | null;
  readonly output: string | null;
}

/** A cost that is said keeps the server from working one out, and from counting tokens; a total of what was used is always there. */
export function spendingOf(told: Told, counts: boolean = true): Spending {
  const model = pricedModel(told.model);
  const said = costSaid(told.providedCostDetails);
  const nothingSaid =
    Object.keys(told.providedUsageDetails).length === 0 && Object.keys(said).length === 0;
  const estimated = counts && model !== null && model.countable && nothingSaid;
  const usageDetails = estimated ? estimate(told) : summed(told.providedUsageDetails);
  return {
    modelId: model?.id ?? null,
    usageDetails,
    costDetails: Object.keys(said).length > 0 ? said : priced(usageDetails, model),
    estimated,
  };
}

/** The total is made up only where nothing but input and output was said, and no total, be it null. */
function costSaid(cost: Loose): Counts {
  const entries = Object.entries(cost).filter(([, value]) => (value ?? null) !== null);
  const said: Counts = Object.fromEntries(entries.map(([name, value]) => [name, Number(value)]));
  const simple = entries.every(([name]) => name === "input" || name === "output");
  if (entries.length === 0 || !simple || "total" in cost) return said;
  return { ...said, total: (said["input"] ?? 0) + (said["output"] ?? 0) };
}

function summed(usage: Counts): Counts {
  const counts = Object.values(usage);
  if (counts.length === 0 || "total" in usage) return usage;
  return { ...usage, total: counts.reduce((sum, count) => sum + count, 0) };
}

function priced(usage: Counts, model: PricedModel | null): Counts {
  const costs = Object.entries(usage).flatMap(([name, count]) => {
    const price = model?.prices[name];
    return price === undefined ? [] : [[name, exact(price * count)] as const];
  });
  if (costs.length === 0) return {};
  const total = exact(costs.reduce((sum, [, cost]) => sum + cost, 0));
  return { ...Object.fromEntries(costs), total };
}

/** The column holds twelve decimal places. */
const exact = (dollars: number): number => Number(dollars.toFixed(12));

function estimate({ input, output }: Told): Counts {
  const counts = { ...counted("input", input), ...counted("output", output) };
  return summed(counts);
}

const counted = (name: string, text: string | null): Counts =>
  text === null ? {} : { [name]: Math.ceil(text.length / 4) };
