import type { Loose } from "../loose.ts";
import { objectIn } from "./model.ts";

/** What is said to have been spent: Langfuse's own attribute as it is, else a total that another convention gives. Not looked into. */
export function costIn(attributes: Loose): Loose {
  const said = objectIn(attributes, "langfuse.observation.cost_details");
  if (said !== null) return said;
  const total = ["gen_ai.usage.cost", "llm.cost.total"]
    .map((key) => attributes[key] ?? "")
    .find((cost) => cost !== "");
  return total === undefined ? {} : { total };
}
