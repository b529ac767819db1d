import type { Fields } from "../callbacks/native.ts";

/** The methods of a handler that are recorded. */
export type CallbackName =
  | "handleChainStart"
  | "handleChainEnd"
  | "handleChainError"
  | "handleChatModelStart"
  | "handleLLMStart"
  | "handleLLMNewToken"
  | "handleChatModelStreamEvent"
  | "handleLLMEnd"
  | "handleLLMError"
  | "handleToolStart"
  | "handleToolEvent"
  | "handleToolEnd"
  | "handleToolError"
  | "handleRetrieverStart"
  | "handleRetrieverEnd"
  | "handleRetrieverError"
  | "handleCustomEvent"
  | "handleInterrupt"
  | "handleResume";

type Names = readonly string[];

const run: Names = ["runId", "parentRunId", "tags"];
const opening: Names = [...run, "metadata"];
const modelOpening: Names = ["runId", "parentRunId", "extraParams", "tags", "metadata", "runName"];

/** What LangChain's managers pass to each method, in order. Seen in core 1.1 and 1.2; not always what the published types say. */
const passed: Readonly<Record<CallbackName, Names>> = {
  handleChainStart: ["chain", "inputs", ...opening, "runType", "runName"],
  handleChainEnd: ["outputs", ...run],
  handleChainError: ["err", ...run],
  handleChatModelStart: ["llm", "messages", ...modelOpening],
  handleLLMStart: ["llm", "prompts", ...modelOpening],
  handleLLMNewToken: ["token", "idx", ...run, "fields"],
  handleChatModelStreamEvent: ["event", ...run],
  handleLLMEnd: ["output", ...run, "extraParams"],
  handleLLMError: ["err", ...run, "extraParams"],
  handleToolStart: ["tool", "input", ...opening, "runName", "toolCallId"],
  handleToolEvent: ["chunk", ...run],
  handleToolEnd: ["output", ...run],
  handleToolError: ["err", ...run],
  handleRetrieverStart: ["retriever", "query", ...opening, "runName"],
  handleRetrieverEnd: ["documents", ...run],
  handleRetrieverError: ["err", ...run],
  handleCustomEvent: ["eventName", "data", "runId", "tags", "metadata"],
  handleInterrupt: ["event"],
  handleResume: ["event"],
};

/** The types of core 1.x say this of `handleChainStart`: no release was seen to do it, one that does is understood. */
const published: Names = [
  "chain",
  "inputs",
  "runId",
  "runType",
  "tags",
  "metadata",
  "runName",
  "parentRunId",
];

export const callbackNames: readonly CallbackName[] = Object.keys(passed) as CallbackName[];

/** The arguments of a call, by name: the very same values, for as long as it takes to read them. */
export function namedArguments(callback: CallbackName, given: readonly unknown[]): Fields {
  const names =
    callback === "handleChainStart" && isAsPublished(given) ? published : passed[callback];
  const named: Record<string, unknown> = {};
  let index = 0;
  for (const name of names) {
    named[name] = given[index];
    index += 1;
  }
  return named;
}

/** Told by where the parent's id stands; a root has none, and then both orders read alike but for its name. */
function isAsPublished(given: readonly unknown[]): boolean {
  return isUuid(given[7]) && !isUuid(given[3]);
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function isUuid(value: unknown): boolean {
  return typeof value === "string" && uuid.test(value);
}
