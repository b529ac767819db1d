import type { WorkKind } from "@spoor/core";

/** What a scope of CrewAI's bus is in a tree. `through`: no span of its own, what happens in it happens in what is around it. */
export type ScopeKind = WorkKind | "model" | "tool" | "through";

/** Scopes, by what the words of their bounds begin with. */
export type Family =
  | "crew_kickoff"
  | "crew_train"
  | "crew_test"
  | "flow"
  | "method_execution"
  | "task"
  | "agent_execution"
  | "lite_agent_execution"
  | "agent_evaluation"
  | "agent_reasoning"
  | "llm_call"
  | "llm_guardrail"
  | "tool_usage"
  | "mcp_connection"
  | "mcp_tool_execution"
  | "memory_retrieval"
  | "memory_query"
  | "memory_save"
  | "knowledge_search_query"
  | "knowledge_retrieval"
  | "knowledge_query"
  | "a2a_delegation"
  | "a2a_conversation"
  | "a2a_server_task"
  | "a2a_parallel_delegation";

const kinds: Readonly<Record<Family, ScopeKind>> = {
  crew_kickoff: "workflow",
  crew_train: "workflow",
  crew_test: "workflow",
  flow: "workflow",
  method_execution: "step",
  task: "task",
  agent_execution: "agent",
  lite_agent_execution: "agent",
  agent_evaluation: "other",
  agent_reasoning: "plan",
  llm_call: "model",
  llm_guardrail: "guardrail",
  tool_usage: "tool",
  mcp_connection: "through",
  mcp_tool_execution: "through",
  memory_retrieval: "retrieval",
  memory_query: "retrieval",
  memory_save: "memory",
  knowledge_search_query: "retrieval",
  knowledge_retrieval: "retrieval",
  knowledge_query: "retrieval",
  a2a_delegation: "agent",
  a2a_conversation: "agent",
  a2a_server_task: "task",
  a2a_parallel_delegation: "other",
};

export const kindOf = (family: Family): ScopeKind => kinds[family];

/** The beginning or the end of a scope, as its type says it. */
export interface Bound {
  readonly family: Family;
  readonly how: "started" | "ok" | "failed" | "paused" | "cancelled";
}

const hows: Readonly<Record<string, Bound["how"]>> = {
  started: "started",
  completed: "ok",
  finished: "ok",
  failed: "failed",
  error: "failed",
  paused: "paused",
  canceled: "cancelled",
};

/** Null: the type is no bound of a scope. */
export function boundOf(type: string): Bound | null {
  const cut = type.lastIndexOf("_");
  const [family, how] = [type.slice(0, cut), hows[type.slice(cut + 1)]];
  return how !== undefined && isFamily(family) ? { family, how } : null;
}

const isFamily = (name: string): name is Family => Object.hasOwn(kinds, name);

/** Flows that CrewAI runs for itself, within an agent or a memory. */
const innerFlows: ReadonlySet<unknown> = new Set(["AgentExecutor", "RecallFlow", "EncodingFlow"]);

export const isInnerFlow = (family: Family, flow: unknown): boolean =>
  family === "flow" && innerFlows.has(flow);
