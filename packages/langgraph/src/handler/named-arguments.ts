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

type Naming = (...given: readonly unknown[]) => Fields;

const failed: Naming = (err, runId, parentRunId, tags) => ({ err, runId, parentRunId, tags });

/**
 * What LangChain's managers pass to each method, in order. Seen in core 1.1 and 1.2; not always what the published types say. Written out, because
 * every callback comes through here, and an object that is made name by name takes several times as long.
 */
const passed: Readonly<Record<CallbackName, Naming>> = {
  handleChainStart: (chain, inputs, runId, parentRunId, tags, metadata, runType, runName) => {
    return { chain, inputs, runId, parentRunId, tags, metadata, runType, runName };
  },
  handleChainEnd: (outputs, runId, parentRunId, tags) => ({ outputs, runId, parentRunId, tags }),
  handleChainError: failed,
  handleChatModelStart: (
    llm,
    messages,
    runId,
    parentRunId,
    extraParams,
    tags,
    metadata,
    runName,
  ) => {
    return { llm, messages, runId, parentRunId, extraParams, tags, metadata, runName };
  },
  handleLLMStart: (llm, prompts, runId, parentRunId, extraParams, tags, metadata, runName) => {
    return { llm, prompts, runId, parentRunId, extraParams, tags, metadata, runName };
  },
  handleLLMNewToken: (token, idx, runId, parentRunId, tags, fields) => {
    return { token, idx, runId, parentRunId, tags, fields };
  },
  handleChatModelStreamEvent: (event, runId, parentRunId, tags) => {
    return { event, runId, parentRunId, tags };
  },
  handleLLMEnd: (output, runId, parentRunId, tags, extraParams) => {
    return { output, runId, parentRunId, tags, extraParams };
  },
  handleLLMError: (err, runId, parentRunId, tags, extraParams) => {
    return { err, runId, parentRunId, tags, extraParams };
  },
  handleToolStart: (tool, input, runId, parentRunId, tags, metadata, runName, toolCallId) => {
    return { tool, input, runId, parentRunId, tags, metadata, runName, toolCallId };
  },
  handleToolEvent: (chunk, runId, parentRunId, tags) => ({ chunk, runId, parentRunId, tags }),
  handleToolEnd: (output, runId, parentRunId, tags) => ({ output, runId, parentRunId, tags }),
  handleToolError: failed,
  handleRetrieverStart: (retriever, query, runId, parentRunId, tags, metadata, runName) => {
    return { retriever, query, runId, parentRunId, tags, metadata, runName };
  },
  handleRetrieverEnd: (documents, runId, parentRunId, tags) => {
    return { documents, runId, parentRunId, tags };
  },
  handleRetrieverError: failed,
  handleCustomEvent: (eventName, data, runId, tags, metadata) => {
    return { eventName, data, runId, tags, metadata };
  },
  handleInterrupt: (event) => ({ event }),
  handleResume: (event) => ({ event }),
};

/** The types of core 1.x say this of `handleChainStart`: no release was seen to do it, one that does is understood. */
const published: Naming = (chain, inputs, runId, runType, tags, metadata, runName, parentRunId) => {
  return { chain, inputs, runId, runType, tags, metadata, runName, parentRunId };
};

export const callbackNames: readonly CallbackName[] = Object.keys(passed) as CallbackName[];

/** The arguments of a call, by name: the very same values, for as long as it takes to read them. */
export function namedArguments(callback: CallbackName, given: readonly unknown[]): Fields {
  const isPublished = callback === "handleChainStart" && isAsPublished(given);
  const named = isPublished ? published : passed[callback];
  return named(...given);
}

/** Told by where the parent's id stands; a root has none, and then both orders read alike but for its name. */
function isAsPublished(given: readonly unknown[]): boolean {
  return isUuid(given[7]) && !isUuid(given[3]);
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function isUuid(value: unknown): boolean {
  return typeof value === "string" && uuid.test(value);
}
