import { MemorySaver } from "@langchain/langgraph";
import { createObserver } from "@spoor/core";
import { mustHaveRecorded } from "../recorded.ts";

/** A model that answers from a script, where the page has one with a key. */
export const modules: Readonly<Record<string, string>> = {
  langchain: new URL("../langchain.ts", import.meta.url).href,
};

export { bridgeOpenTelemetry } from "@spoor/core/otel";
export { spoorCallbacks } from "@spoor/langgraph";
export { builder, input } from "../small-graph.ts";
export { MemorySaver };
export const observer = createObserver();

export async function afterwards(): Promise<void> {
  await observer.close();
  mustHaveRecorded(2);
}
