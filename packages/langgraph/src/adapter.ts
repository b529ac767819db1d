import type { Adapter } from "@spoor/core";
import type { LangGraphCallback } from "./native.ts";
import { parseRecordedLine } from "./recorded-line.ts";
import { createTranslator } from "./translate.ts";

/** LangChain's callbacks as LangGraph.js makes them, live or recorded by name. */
export const langgraph: Adapter<LangGraphCallback> = {
  name: "langgraph",
  framework: { package: "@langchain/langgraph", supported: ">=1.4 <2" },
  createTranslator,
  parse: parseRecordedLine,
  knows: (native) => native.kind !== "unknown",
};
