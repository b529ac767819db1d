export type { LangGraphCallback } from "./callbacks/native.ts";
export { langgraph } from "./adapter.ts";
export { withTraceContext } from "./bridge/trace-context.ts";
export { type RequestSettings, type TaskSpans, traceRequests } from "./bridge/trace-requests.ts";
export type { LangChainContext } from "./handler/langchain-context.ts";
export { registerSpoor } from "./handler/register-spoor.ts";
export { type SpoorCallbacks, spoorCallbacks } from "./handler/spoor-callbacks.ts";
