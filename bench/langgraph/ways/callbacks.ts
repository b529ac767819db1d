import type { MakeWay } from "../way.ts";

const names = [
  "handleChainStart",
  "handleChainEnd",
  "handleChainError",
  "handleChatModelStart",
  "handleLLMStart",
  "handleLLMNewToken",
  "handleLLMEnd",
  "handleLLMError",
  "handleToolStart",
  "handleToolEnd",
  "handleToolError",
  "handleRetrieverStart",
  "handleRetrieverEnd",
  "handleRetrieverError",
  "handleCustomEvent",
] as const;

/** Nobody watches. */
export const none: MakeWay = () =>
  Promise.resolve({ callbacks: () => undefined, flush: () => Promise.resolve() });

/** A handler that is awaited and does nothing: what LangChain itself spends as soon as anybody watches. */
export const awaitedNoop: MakeWay = () => {
  const methods = Object.fromEntries(names.map((name) => [name, () => undefined]));
  const handler = { name: "noop", awaitHandlers: true, ...methods };
  return Promise.resolve({ callbacks: () => [handler], flush: () => Promise.resolve() });
};
