export type { LangGraphCallback } from "./native.ts";
export { langgraph } from "./adapter.ts";
