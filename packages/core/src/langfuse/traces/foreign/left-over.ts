import type { JsonValue } from "../../../vocabulary/json.ts";
import { jsonOf, type Row } from "../row.ts";

/** Langfuse's own bookkeeping, its prices, and figures that it gives in several forms: they tell nothing of what the agent did. */
const bookkeeping: ReadonlySet<string> = new Set(
  "createdAt updatedAt projectId externalId bookmarked public modelId internalModelId internalModel inputPrice outputPrice totalPrice inputCost outputCost inputUsage outputUsage totalUsage calculatedInputCost calculatedOutputCost calculatedTotalCost promptTokens completionTokens totalTokens unit latency timeToFirstToken isRootObservation traceName usagePricingTierId usagePricingTierName promptId toolDefinitions toolCalls toolCallNames".split(
    " ",
  ),
);

/** What a row says beyond what there is a word for, for `native`. Undefined where it is nothing. */
export function leftOver(row: Row, told: ReadonlySet<string>): JsonValue | undefined {
  const left = Object.entries(row).filter(
    ([name, value]) => !told.has(name) && !bookkeeping.has(name) && isSomething(name, value),
  );
  if (left.length === 0) return undefined;
  return Object.fromEntries(left.map(([name, value]) => [name, jsonOf(value)]));
}

/** Every observation has a level. */
function isSomething(name: string, value: unknown): boolean {
  if (name === "level" && value === "DEFAULT") return false;
  if (value === null || value === undefined || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}
