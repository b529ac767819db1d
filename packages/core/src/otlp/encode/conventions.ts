/**
 * The commit of open-telemetry/semantic-conventions-genai (2026-08-03) that these names were checked against. Nothing in the GenAI conventions is
 * stable, and no release of them exists, so a commit is pinned. One name is later: `gen_ai.usage.cache_write.input_tokens`, renamed from
 * `gen_ai.usage.cache_creation.input_tokens` in pull request 440.
 */
export const conventionsCommit = "fe5608e";

/**
 * What the conventions call a piece of work. A `plan` is one where the framework says so: they ask for certainty, and a call of a model that makes
 * one lies in it. Not used are their words for memories, because nobody tells which of them is meant; and of a tool behind MCP the agent's call is
 * seen (`execute_tool`) and not the request to the server, whose span is its client's own.
 */
export const operations = {
  chat: "chat",
  embeddings: "embeddings",
  executeTool: "execute_tool",
  invokeAgent: "invoke_agent",
  invokeWorkflow: "invoke_workflow",
  plan: "plan",
  retrieval: "retrieval",
  textCompletion: "text_completion",
} as const;
export type Operation = (typeof operations)[keyof typeof operations];

/**
 * The conventions' own names. `gen_ai.tool.type` is not among them: it says where a tool runs, which nobody tells. Nor are what they keep for
 * agents and models that are services somewhere: `gen_ai.agent.id`, `gen_ai.agent.version`, `server.address`.
 */
export const names = {
  agentName: "gen_ai.agent.name",
  choiceCount: "gen_ai.request.choice.count",
  conversationCompacted: "gen_ai.conversation.compacted",
  conversationId: "gen_ai.conversation.id",
  deploymentEnvironment: "deployment.environment.name",
  errorType: "error.type",
  exceptionMessage: "exception.message",
  exceptionType: "exception.type",
  finishReasons: "gen_ai.response.finish_reasons",
  frequencyPenalty: "gen_ai.request.frequency_penalty",
  inputMessages: "gen_ai.input.messages",
  maxTokens: "gen_ai.request.max_tokens",
  openaiServiceTier: "openai.request.service_tier",
  openTracingReference: "opentracing.ref_type",
  operationName: "gen_ai.operation.name",
  outputMessages: "gen_ai.output.messages",
  outputType: "gen_ai.output.type",
  presencePenalty: "gen_ai.request.presence_penalty",
  previousResponseId: "gen_ai.request.previous_response.id",
  promptName: "gen_ai.prompt.name",
  promptVersion: "gen_ai.prompt.version",
  providerName: "gen_ai.provider.name",
  reasoningLevel: "gen_ai.request.reasoning.level",
  requestModel: "gen_ai.request.model",
  responseId: "gen_ai.response.id",
  responseModel: "gen_ai.response.model",
  retrievalDocuments: "gen_ai.retrieval.documents",
  retrievalQuery: "gen_ai.retrieval.query.text",
  seed: "gen_ai.request.seed",
  stopSequences: "gen_ai.request.stop_sequences",
  stream: "gen_ai.request.stream",
  temperature: "gen_ai.request.temperature",
  timeToFirstChunk: "gen_ai.response.time_to_first_chunk",
  topK: "gen_ai.request.top_k",
  topP: "gen_ai.request.top_p",
  systemInstructions: "gen_ai.system_instructions",
  toolCallArguments: "gen_ai.tool.call.arguments",
  toolCallId: "gen_ai.tool.call.id",
  toolCallResult: "gen_ai.tool.call.result",
  toolDefinitions: "gen_ai.tool.definitions",
  toolName: "gen_ai.tool.name",
  userId: "user.id",
  workflowName: "gen_ai.workflow.name",
} as const;

/** Tokens of a call. Written out, as all names are: one that is put together anew for each span is new to whoever encodes it. */
export const usageNames = {
  input: "gen_ai.usage.input_tokens",
  cacheRead: "gen_ai.usage.cache_read.input_tokens",
  cacheWrite: "gen_ai.usage.cache_write.input_tokens",
  output: "gen_ai.usage.output_tokens",
  reasoning: "gen_ai.usage.reasoning.output_tokens",
} as const;

/** Tokens of a turn that no call of it accounts for. */
export const unattributedNames = {
  input: "spoor.usage.unattributed.input_tokens",
  cacheRead: "spoor.usage.unattributed.cache_read.input_tokens",
  cacheWrite: "spoor.usage.unattributed.cache_write.input_tokens",
  output: "spoor.usage.unattributed.output_tokens",
  reasoning: "spoor.usage.unattributed.reasoning.output_tokens",
} as const;

/** What the conventions have no name for stands under our own: theirs are not ours to invent. */
export const ownNames = {
  agentVersion: "spoor.agent.version",
  attempt: "spoor.attempt",
  causedBy: "spoor.caused_by",
  contextCut: "spoor.context.cut",
  contextFrom: "spoor.context.from",
  contextKept: "spoor.context.kept",
  continuation: "spoor.continuation",
  cut: "spoor.cut",
  detail: "spoor.detail",
  earlierInput: "spoor.earlier_messages.input",
  earlierOutput: "spoor.earlier_messages.output",
  errorPassedOn: "spoor.error.passed_on",
  expected: "spoor.expected",
  feature: "spoor.feature",
  inferred: "spoor.inferred",
  input: "spoor.input",
  kind: "spoor.kind",
  linkKind: "spoor.link.kind",
  name: "spoor.name",
  native: "spoor.native",
  otherSpanIds: "spoor.other_span_ids",
  output: "spoor.output",
  parameters: "spoor.request.parameters",
  release: "spoor.release",
  reportedUsd: "spoor.cost.reported_usd",
  status: "spoor.status",
  tags: "spoor.tags",
  trigger: "spoor.trigger",
  turnId: "spoor.turn.id",
  unattributedFinal: "spoor.usage.unattributed.final",
  unknown: "spoor.unknown",
  usageFinal: "spoor.usage.final",
} as const;
