import type { ContentReader } from "../journal/content.ts";
import type { ContextHash } from "./context-hash.ts";
import type { CostOf } from "./cost-report.ts";

/** What reports about spans are made with. */
export interface Reading {
  readonly content: ContentReader;
  readonly contextHash: ContextHash;
  readonly cost: CostOf;
}
