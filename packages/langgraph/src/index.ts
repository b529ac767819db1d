export type { LangGraphCallback } from "./callbacks/native.ts";
export { langgraph } from "./adapter.ts";
