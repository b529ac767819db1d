export { claudeCode } from "./stream/adapter.ts";
export type { ClaudeMessage } from "./stream/native.ts";
export { readMessage } from "./stream/native.ts";
export { claudeTranscript } from "./transcript/adapter.ts";
export { agentMetadataLine, agentMetadataPath } from "./transcript/agent-metadata.ts";
export type { TranscriptLine } from "./transcript/native.ts";
export { withCaller } from "./history/copied-call.ts";
export { type LineKind, lineKind } from "./history/line-kind.ts";
export { projectsFolder } from "./history/projects-folder.ts";
export { type SessionFiles, sessionFiles } from "./history/session-files.ts";
export { claudeHooks } from "./hooks/adapter.ts";
export type { HookEvent, HookInput } from "./hooks/native.ts";
export { observe } from "./observe/observe.ts";
export {
  observeOptions,
  type ObserveSettings,
  type QueryParameters,
} from "./observe/observe-options.ts";
