import type { Adapter } from "@spoor/core";
import type { LangGraphCallback } from "./callbacks/native.ts";
import { parseRecordedLine } from "./callbacks/recorded-line.ts";
import { createTranslator } from "./callbacks/translate.ts";

/** LangChain's callbacks as LangGraph.js makes them, live or recorded by name. */
export const langgraph: Adapter<LangGraphCallback> = {
  name: "langgraph",
  framework: { package: "@langchain/langgraph", supported: ">=1.4 <2" },
  createTranslator,
  parse: parseRecordedLine,
  knows: (native) => native.kind !== "unknown",
};
