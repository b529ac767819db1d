import type { JsonObject } from "../../../vocabulary/json.ts";
import { markFactsIn } from "../../facts/mark-facts.ts";
import { isRest } from "../../facts/rest-facts.ts";
import { spanFactsIn } from "../../facts/span-facts.ts";

/** Whether Spoor itself has sent an observation to Langfuse: then its metadata says what it was. */
export const isOwn = (metadata: JsonObject): boolean =>
  spanFactsIn(metadata) !== null || markFactsIn(metadata) !== null || isRest(metadata);
