import type { Observation } from "../../otlp/encode/overlays/langfuse/observation.ts";

/** What lies beneath an observation without being a span: it stands in the same trace, and says no more of itself than what is added. */
export function beneath(observation: Observation): Omit<Observation, "id" | "type" | "name"> {
  return {
    ...observation,
    parentId: observation.id,
    isRoot: false,
    input: undefined,
    output: undefined,
    level: "DEFAULT",
    statusMessage: null,
    firstOutputAt: null,
    model: null,
    modelParameters: null,
    usageDetails: null,
    costDetails: null,
    promptName: null,
    promptVersion: null,
    metadata: {},
  };
}
