import { expect, test } from "vitest";
import { Aggregation } from "../aggregation.ts";
import * as conventions from "../convention-instruments.ts";
import * as inference from "../inference-instruments.ts";
import { histogram, type Instrument } from "../instrument.ts";
import type { Labels } from "../labels.ts";
import * as own from "../own-instruments.ts";
import { exposition } from "./exposition.ts";
import { familyOf, nameOf } from "./names.ts";
import { type Format, numberIn } from "./number.ts";

const wait: Instrument = histogram("shop.wait", [0.5, 1, 2_000_000], {
  unit: "s",
  description: "How long,\nin a \\ word.",
});

function told(
  format: Format,
  measured: readonly (readonly [Instrument, number, Labels])[],
): string {
  const all = new Aggregation({ highestForMs: 1_000 });
  for (const [instrument, value, labels] of measured) all.add({ instrument, value, labels }, 0);
  return exposition(all.series(0), { "service.name": "shop" }, format);
}

const measured = [
  [wait, 0.5, [["gen_ai.tool.name", 'a "b"\\\nc']]],
  [wait, 3, [["gen_ai.tool.name", 'a "b"\\\nc']]],
  [own.toolCalls, 1, [["spoor.status", "ok"]]],
  [own.toolCalls, 1, [["spoor.status", "ok"]]],
  [own.longestTurn, 7, []],
] as const;

test("series stand in Prometheus's text format, with their type, unit and meaning", () => {
  expect(told("text", measured)).toBe(String.raw`# TYPE target_info gauge
# HELP target_info Who this is.
target_info{service_name="shop"} 1
# TYPE shop_wait_seconds histogram
# UNIT shop_wait_seconds seconds
# HELP shop_wait_seconds How long,\nin a \\ word.
shop_wait_seconds_bucket{gen_ai_tool_name="a \"b\"\\\nc",le="0.5"} 1
shop_wait_seconds_bucket{gen_ai_tool_name="a \"b\"\\\nc",le="1"} 1
shop_wait_seconds_bucket{gen_ai_tool_name="a \"b\"\\\nc",le="2000000"} 2
shop_wait_seconds_bucket{gen_ai_tool_name="a \"b\"\\\nc",le="+Inf"} 2
shop_wait_seconds_sum{gen_ai_tool_name="a \"b\"\\\nc"} 3.5
shop_wait_seconds_count{gen_ai_tool_name="a \"b\"\\\nc"} 2
# TYPE spoor_tool_calls_total counter
# HELP spoor_tool_calls_total Tool calls.
spoor_tool_calls_total{spoor_status="ok"} 2
# TYPE spoor_turn_longest_seconds gauge
# UNIT spoor_turn_longest_seconds seconds
# HELP spoor_turn_longest_seconds How long the longest turn of the last while took.
spoor_turn_longest_seconds 7
`);
});

test("OpenMetrics names a counter without its ending, writes numbers its own way, and says where it ends", () => {
  const lines = told("openmetrics", measured).split("\n");
  expect(lines.slice(0, 3)).toEqual([
    "# TYPE target info",
    "# HELP target Who this is.",
    'target_info{service_name="shop"} 1',
  ]);
  expect(lines.filter((line) => line.includes("tool_calls"))).toEqual([
    "# TYPE spoor_tool_calls counter",
    "# HELP spoor_tool_calls Tool calls.",
    'spoor_tool_calls_total{spoor_status="ok"} 2',
  ]);
  expect(lines.flatMap((line) => /le="(.*)"/.exec(line)?.[1] ?? [])).toEqual([
    "0.5",
    "1.0",
    "2e+06",
    "+Inf",
  ]);
  expect(lines.slice(-2)).toEqual(["# EOF", ""]);
});

test("a large bound is written as OpenMetrics asks", () => {
  expect(numberIn("openmetrics", 67_108_864)).toBe("6.7108864e+07");
  expect(numberIn("text", 67_108_864)).toBe("67108864");
});

test("a name never begins with a digit, and is never empty", () => {
  expect([nameOf("1st.try"), nameOf("")]).toEqual(["_1st_try", "_"]);
});

test("attributes of the service that come to one name are one label with both values", () => {
  const resource = { "host.name": "b", "service.name": "shop", "host-name": "a" };
  expect(exposition([], resource, "text").split("\n")[2]).toBe(
    'target_info{host_name="a;b",service_name="shop"} 1',
  );
});

test("names are those that OpenTelemetry's rules give", () => {
  const instruments: readonly Instrument[] = [
    ...Object.values(conventions).filter((one) => "kind" in one),
    ...Object.values(inference),
    ...Object.values(own),
  ];
  expect(instruments.map(familyOf).toSorted()).toEqual([
    "gen_ai_client_inference_duration_seconds",
    "gen_ai_client_inference_operation_input_tokens",
    "gen_ai_client_inference_operation_output_tokens",
    "gen_ai_client_inference_time_to_first_chunk_seconds",
    "gen_ai_client_inference_usage_cache_read_input_tokens",
    "gen_ai_client_inference_usage_cache_write_input_tokens",
    "gen_ai_client_inference_usage_input_tokens",
    "gen_ai_client_inference_usage_output_tokens",
    "gen_ai_client_inference_usage_reasoning_output_tokens",
    "gen_ai_client_operation_duration_seconds",
    "gen_ai_client_operation_time_to_first_chunk_seconds",
    "gen_ai_client_token_usage",
    "gen_ai_execute_tool_duration_seconds",
    "gen_ai_invoke_agent_duration_seconds",
    "gen_ai_invoke_agent_inference_calls",
    "gen_ai_invoke_agent_tool_calls",
    "gen_ai_invoke_workflow_duration_seconds",
    "spoor_cost_reported_usd",
    "spoor_cost_unpriced",
    "spoor_cost_usd",
    "spoor_errors",
    "spoor_model_calls",
    "spoor_session_cost_usd",
    "spoor_session_dearest_usd",
    "spoor_session_duration_seconds",
    "spoor_tool_calls",
    "spoor_turn_cost_usd",
    "spoor_turn_duration_seconds",
    "spoor_turn_longest_seconds",
    "spoor_turn_tokens",
  ]);
});
