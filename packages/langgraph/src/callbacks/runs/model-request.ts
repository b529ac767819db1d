import type { ModelStarted } from "../native.ts";
import { memberOf } from "../reading.ts";

/** As much of what a model was asked as tells the same request from another. Holds no list of messages. */
export interface ModelRequest {
  readonly count: number;
  readonly latest: unknown;
}

export function modelRequestOf({ messages }: ModelStarted): ModelRequest {
  const latest = messages.at(-1);
  const content = memberOf(latest, "content");
  return { count: messages.length, latest: typeof content === "string" ? content : latest };
}
