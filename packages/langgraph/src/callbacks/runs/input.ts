import type { JsonValue } from "@spoor/core";
import type { Content } from "../content/content.ts";
import { givenTo } from "./state-place.ts";
import type { StartedCallback } from "../native.ts";
import type { Run } from "./run.ts";

/** What a run was given. Of a model nothing: that is its context. */
export function inputOf(
  native: StartedCallback,
  run: Run,
  content: Content,
): JsonValue | undefined {
  switch (native.kind) {
    case "chain.started":
      return content.state(native.inputs, givenTo(run));
    case "tool.started":
      return content.json(parsedArguments(native.input));
    case "retriever.started":
      return content.json(native.query);
    case "model.started":
      return undefined;
    default:
      return native satisfies never;
  }
}

/** LangChain passes a tool's arguments as JSON text, and anything that is no JSON as it came. */
function parsedArguments(input: unknown): unknown {
  if (typeof input !== "string") return input;
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}
