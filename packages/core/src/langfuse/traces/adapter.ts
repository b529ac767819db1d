import type { Adapter } from "../../recorder/translator.ts";
import { isKnown, type LangfuseRecord, parseRecord } from "./native.ts";
import { createTranslator } from "./translate.ts";

/**
 * What Langfuse gives back, as `langfuseRecords` reads it out of a document. What Spoor has sent there comes back as it was; of other traces it is told
 * what the vocabulary has words for, and the rest is passed on as `native`.
 */
export const langfuseTraces: Adapter<LangfuseRecord> = {
  name: "langfuse",
  framework: { package: "langfuse", supported: ">=3" },
  createTranslator,
  parse: parseRecord,
  knows: isKnown,
};
