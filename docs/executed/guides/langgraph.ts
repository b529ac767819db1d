import { createObserver } from "@spoor/core";
import { spoorCallbacks } from "@spoor/langgraph";
import { mustHaveRecorded } from "../recorded.ts";

export { graph, input } from "../small-graph.ts";

export const observer = createObserver();
export const config = { configurable: { thread_id: "t" }, callbacks: [spoorCallbacks(observer)] };

export async function afterwards(): Promise<void> {
  await observer.close();
  mustHaveRecorded(2);
}
