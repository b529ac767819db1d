import { answerOf } from "../../answer-of.ts";
import type { Scenario } from "./scenarios.ts";
import type { WayName } from "./ways.ts";

export interface FailureOrder {
  readonly scenario: Scenario;
  readonly way: WayName;
  readonly scratch: string;
}

/** `delivered`: the share of the operations that Langfuse has. */
export interface Told {
  readonly delivered: number;
}

const file = new URL("failure-process.ts", import.meta.url);

export const meet = (order: FailureOrder): Promise<Told> => answerOf(file, order) as Promise<Told>;
