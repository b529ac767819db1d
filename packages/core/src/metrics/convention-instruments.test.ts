import { expect, test } from "vitest";
import * as conventions from "./convention-instruments.ts";
import * as inference from "./inference-instruments.ts";
import type { Instrument } from "./instrument.ts";

const callSeconds = ".01,.02,.04,.08,.16,.32,.64,1.28,2.56,5.12,10.24,20.48,40.96,81.92";
const agentSeconds = ".1,.2,.4,.8,1.6,3.2,6.4,12.8,25.6,51.2,102.4,204.8,409.6";
const workflowSeconds = "1,5,10,30,60,120,300,600,1800,3600,7200";
const tokens = "1,4,16,64,256,1024,4096,16384,65536,262144,1048576,4194304,16777216,67108864";
const calls = "1,2,4,8,16,32,64,128";

test("names, units and buckets are those of the conventions", () => {
  const instruments: readonly Instrument[] = [
    ...Object.values(conventions).filter((one) => "kind" in one),
    ...Object.values(inference),
  ];
  const said = instruments.flatMap((one) =>
    one.kind === "histogram" ? [[one.name, one.unit, one.bounds]] : [],
  );
  const asked = [
    ["gen_ai.client.token.usage", "{token}", tokens],
    ["gen_ai.client.operation.duration", "s", callSeconds],
    ["gen_ai.client.operation.time_to_first_chunk", "s", callSeconds],
    ["gen_ai.invoke_agent.duration", "s", agentSeconds],
    ["gen_ai.invoke_agent.inference_calls", "{inference_call}", calls],
    ["gen_ai.invoke_agent.tool_calls", "{tool_call}", calls],
    ["gen_ai.invoke_workflow.duration", "s", workflowSeconds],
    ["gen_ai.execute_tool.duration", "s", callSeconds],
    ["gen_ai.client.inference.duration", "s", callSeconds],
    ["gen_ai.client.inference.time_to_first_chunk", "s", callSeconds],
    ["gen_ai.client.inference.operation.input_tokens", "{token}", tokens],
    ["gen_ai.client.inference.operation.output_tokens", "{token}", tokens],
  ].map(([name, unit, bounds]) => [name, unit, bounds?.split(",").map(Number)]);
  expect(said).toEqual(asked);
});
