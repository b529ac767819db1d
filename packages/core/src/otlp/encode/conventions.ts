/**
 * The names of the GenAI semantic conventions, checked against commit fe5608e (2026-08-03) of open-telemetry/semantic-conventions-genai. Nothing
 * in them is stable, so a commit is pinned, not a version. One name is later: `gen_ai.usage.cache_write.input_tokens`, renamed from
 * `gen_ai.usage.cache_creation.input_tokens` in pull request 440.
 */
export const operations = {
  chat: "chat",
  executeTool: "execute_tool",
  invokeAgent: "invoke_agent",
  invokeWorkflow: "invoke_workflow",
  retrieval: "retrieval",
} as const;
export type Operation = (typeof operations)[keyof typeof operations];

/** The conventions' own names. */
export const names = {
  agentName: "gen_ai.agent.name",
  conversationId: "gen_ai.conversation.id",
  deploymentEnvironment: "deployment.environment.name",
  errorType: "error.type",
  finishReasons: "gen_ai.response.finish_reasons",
  inputMessages: "gen_ai.input.messages",
  operationName: "gen_ai.operation.name",
  outputMessages: "gen_ai.output.messages",
  providerName: "gen_ai.provider.name",
  requestModel: "gen_ai.request.model",
  responseId: "gen_ai.response.id",
  responseModel: "gen_ai.response.model",
  retrievalDocuments: "gen_ai.retrieval.documents",
  retrievalQuery: "gen_ai.retrieval.query.text",
  timeToFirstChunk: "gen_ai.response.time_to_first_chunk",
  systemInstructions: "gen_ai.system_instructions",
  toolCallArguments: "gen_ai.tool.call.arguments",
  toolCallId: "gen_ai.tool.call.id",
  toolCallResult: "gen_ai.tool.call.result",
  toolDefinitions: "gen_ai.tool.definitions",
  toolName: "gen_ai.tool.name",
  usage: "gen_ai.usage",
  userId: "user.id",
  workflowName: "gen_ai.workflow.name",
} as const;

/** What the conventions have no name for stands under our own: theirs are not ours to invent. */
export const ownNames = {
  agentVersion: "spoor.agent.version",
  attempt: "spoor.attempt",
  causedBy: "spoor.caused_by",
  continuation: "spoor.continuation",
  feature: "spoor.feature",
  inferred: "spoor.inferred",
  input: "spoor.input",
  kind: "spoor.kind",
  linkKind: "spoor.link.kind",
  native: "spoor.native",
  output: "spoor.output",
  parameters: "spoor.request.parameters",
  release: "spoor.release",
  reportedUsd: "spoor.cost.reported_usd",
  status: "spoor.status",
  tags: "spoor.tags",
  trigger: "spoor.trigger",
  turnId: "spoor.turn.id",
  unattributed: "spoor.usage.unattributed",
  unknown: "spoor.unknown",
  usageFinal: "spoor.usage.final",
} as const;
