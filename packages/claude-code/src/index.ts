export { claudeCode } from "./adapter.ts";
export type { ClaudeMessage } from "./native.ts";
export { readMessage } from "./native.ts";
