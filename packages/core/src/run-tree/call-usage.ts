import type { Node } from "./node.ts";
import { bestUsage, type BestUsage } from "./usage-fold.ts";

/** What is known of a call's own usage; null: nothing. */
export function callUsageOf(call: Node): BestUsage | null {
  return bestUsage(call.ofType("usage.reported").filter(({ basis }) => basis === "call"));
}
