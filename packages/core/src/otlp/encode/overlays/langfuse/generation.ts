import { answeringModel } from "../../../../cost/answering-model.ts";
import type { Span } from "../../../../run-tree/span.ts";
import { isRecord, type JsonObject, type JsonValue } from "../../../../vocabulary/json.ts";
import type { Told } from "../overlay.ts";
import { costDetailsOf, type Pricing } from "./cost-details.ts";
import type { Observation } from "./observation.ts";
import { usageDetailsOf } from "./usage-details.ts";

/** What only a call of a model has. */
export type GenerationFields = Pick<
  Observation,
  | "firstOutputAt"
  | "model"
  | "modelParameters"
  | "usageDetails"
  | "costDetails"
  | "promptName"
  | "promptVersion"
>;

/** And in words what Langfuse would not take as it is. */
export interface Generation {
  readonly fields: GenerationFields;
  readonly leftOut: readonly string[];
}

export const noGeneration: Generation = {
  fields: {
    firstOutputAt: null,
    model: null,
    modelParameters: null,
    usageDetails: null,
    costDetails: null,
    promptName: null,
    promptVersion: null,
  },
  leftOut: [],
};

/**
 * Langfuse counts tokens itself where nobody did and it knows the model, and its guess cannot be told from a count. Unless the call failed, which it
 * does not guess at, such a model is left out of its field.
 */
export function generationOf({ span, said }: Told, pricing: Pricing): Generation {
  const model = answeringModel(span) ?? span.requestModel;
  const usageDetails = span.usage === null ? null : usageDetailsOf(span.usage, model);
  const costDetails = costDetailsOf(span, pricing);
  const isGuessedAt =
    model !== null && usageDetails === null && costDetails === null && span.status !== "error";
  const prompt = promptOf(span);
  return {
    fields: {
      firstOutputAt: span.firstOutputAt,
      model: isGuessedAt ? null : model,
      modelParameters: parametersOf(said.parameters),
      usageDetails,
      costDetails,
      ...(prompt ?? { promptName: null, promptVersion: null }),
    },
    leftOut: [
      ...(isGuessedAt ? ["model: no tokens are known, and Langfuse would guess them"] : []),
      ...(prompt === null && span.promptName !== null
        ? ["prompt: its version is not a whole number"]
        : []),
    ],
  };
}

/** Langfuse links to a prompt by its name and the number of its version, or not at all. */
function promptOf({
  promptName,
  promptVersion,
}: Span): Pick<GenerationFields, "promptName" | "promptVersion"> | null {
  if (promptName === null || promptVersion === null || !/^\d{1,9}$/.test(promptVersion))
    return null;
  return { promptName, promptVersion: Number(promptVersion) };
}

function parametersOf(said: JsonValue | undefined): JsonObject | null {
  if (said === undefined) return null;
  return isRecord(said) ? said : { parameters: said };
}
