export type { LangGraphCallback } from "./callbacks/native.ts";
export { langgraph } from "./adapter.ts";
export { auditCheckpointer } from "./checkpoints/audit-checkpointer.ts";
export type { CheckpointAuditOptions } from "./checkpoints/options.ts";
export type {
  CheckpointFinding,
  CheckpointFindingCode,
  CheckpointPlace,
  CheckpointUnchecked,
  CheckpointUncheckedCode,
  ThreadVerification,
} from "./checkpoints/verify/verification.ts";
export {
  auditedThreads,
  verifyCheckpoints,
  type VerifyCheckpointsOptions,
} from "./checkpoints/verify/verify-checkpoints.ts";
export { withTraceContext } from "./bridge/trace-context.ts";
export { type RequestSettings, type TaskSpans, traceRequests } from "./bridge/trace-requests.ts";
export type { LangChainContext } from "./handler/langchain-context.ts";
export { registerSpoor } from "./handler/register-spoor.ts";
export { type SpoorCallbacks, spoorCallbacks } from "./handler/spoor-callbacks.ts";
