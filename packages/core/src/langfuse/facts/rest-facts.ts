import { one, told, factsIn } from "./fact.ts";
import { text } from "./form.ts";
import type { JsonObject } from "../../vocabulary/json.ts";

const restFacts = { rest: one(text) } as const;

/** Of the observation that stands for what a turn used beyond the calls that were seen. It is worked out, so nobody reads it back as a call. */
export const factsOfRest: JsonObject = told(restFacts, { rest: "unattributed" });

export const isRest = (metadata: JsonObject): boolean =>
  factsIn(restFacts, metadata).rest !== undefined;
