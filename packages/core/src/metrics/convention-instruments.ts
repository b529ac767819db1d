import { histogram, type Instrument } from "./instrument.ts";

/** The buckets that the conventions ask for, at the commit that `conventionsCommit` names. */
export const callSeconds: readonly number[] = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
];
const agentSeconds = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6];
const workflowSeconds = [1, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200];
const calls = [1, 2, 4, 8, 16, 32, 64, 128];
export const tokenBounds: readonly number[] = Array.from({ length: 14 }, (_, power) => 4 ** power);

export const tokenUsage: Instrument = histogram("gen_ai.client.token.usage", tokenBounds, {
  unit: "{token}",
  description: "Tokens of a model call; input includes those read from or written to a cache.",
});

export const operationDuration: Instrument = histogram(
  "gen_ai.client.operation.duration",
  callSeconds,
  {
    unit: "s",
    description: "How long a call to a model or a retrieval took.",
  },
);

export const timeToFirstChunk: Instrument = histogram(
  "gen_ai.client.operation.time_to_first_chunk",
  callSeconds,
  {
    unit: "s",
    description: "Until the first piece of a streamed answer arrived.",
  },
);

export const agentDuration: Instrument = histogram("gen_ai.invoke_agent.duration", agentSeconds, {
  unit: "s",
  description: "How long an agent worked.",
});

export const agentModelCalls: Instrument = histogram("gen_ai.invoke_agent.inference_calls", calls, {
  unit: "{inference_call}",
  description: "Model calls that an agent made itself in one invocation.",
});

export const agentToolCalls: Instrument = histogram("gen_ai.invoke_agent.tool_calls", calls, {
  unit: "{tool_call}",
  description: "Tool calls that an agent made itself in one invocation.",
});

export const workflowDuration: Instrument = histogram(
  "gen_ai.invoke_workflow.duration",
  workflowSeconds,
  {
    unit: "s",
    description: "How long a workflow took.",
  },
);

export const toolDuration: Instrument = histogram("gen_ai.execute_tool.duration", callSeconds, {
  unit: "s",
  description: "How long a tool call took.",
});
