import type { ChainStarted, ModelStarted, RunEnded, RunFailed, ToolStarted } from "./native.ts";

/** Callbacks for tests that no recording happens to hold: a graph on thread "t", unless told otherwise. */
export function graphRun(runId: string, more: Partial<ChainStarted> = {}): ChainStarted {
  return {
    kind: "chain.started",
    runId,
    runName: "Graph",
    classPath: ["langgraph", "pregel", "CompiledStateGraph"],
    tags: [],
    metadata: { thread_id: "t" },
    inputs: {},
    ...more,
  };
}

export function nodeRun(runId: string, parentRunId: string): ChainStarted {
  return {
    ...graphRun(runId, { parentRunId, runName: "node", tags: ["graph:step:1"] }),
    classPath: ["langchain_core", "runnables", "RunnableSequence"],
    metadata: {
      thread_id: "t",
      langgraph_node: "node",
      langgraph_step: 1,
      langgraph_checkpoint_ns: "node:task",
    },
  };
}

export function modelRun(runId: string, more: Partial<ModelStarted> = {}): ModelStarted {
  return {
    kind: "model.started",
    runId,
    classPath: [],
    tags: [],
    metadata: {},
    messages: [],
    invocationParams: {},
    ...more,
  };
}

export function endOf(runId: string, output: unknown = {}): RunEnded {
  return { kind: "run.ended", runId, output };
}

export function toolRun(runId: string, parentRunId: string): ToolStarted {
  const { kind: _chain, inputs: _inputs, ...run } = graphRun(runId, { parentRunId });
  return { ...run, kind: "tool.started", runName: "tool", classPath: [], input: "{}" };
}

export function failureOf(runId: string, error: unknown): RunFailed {
  return { kind: "run.failed", runId, error };
}
