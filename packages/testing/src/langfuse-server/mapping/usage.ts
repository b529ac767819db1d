import type { Loose } from "../loose.ts";
import { objectIn } from "./model.ts";

export type Counts = Readonly<Record<string, number>>;

/** Langfuse's own attribute, else those of the conventions and of OpenInference. Empty: nothing that counts. */
export function usageIn(attributes: Loose): Counts {
  const said = objectIn(attributes, "langfuse.observation.usage_details");
  return countsIn(said ?? conventional(attributes));
}

/** Two shapes of OpenAI are taken apart, where they are whole and nothing else stands in them; of any other object, the whole numbers that are not negative. */
export function countsIn(usage: Loose): Counts {
  return (
    openAi(usage, { input: "prompt_tokens", output: "completion_tokens" }) ??
    openAi(usage, { input: "input_tokens", output: "output_tokens" }) ??
    wholeNumbersIn(usage)
  );
}

function openAi(
  usage: Loose,
  { input, output }: { readonly input: string; readonly output: string },
): Counts | null {
  const total = usage["total_tokens"];
  const [inputs, outputs] = [usage[input], usage[output]];
  const [inputDetails, outputDetails] = [`${input}_details`, `${output}_details`];
  const [inInput, inOutput] = [detailsIn(usage[inputDetails]), detailsIn(usage[outputDetails])];
  const known = [input, output, "total_tokens", inputDetails, outputDetails];
  if (!isCount(inputs) || !isCount(outputs) || !isCount(total)) return null;
  if (inInput === null || inOutput === null) return null;
  if (!Object.keys(usage).every((key) => known.includes(key))) return null;
  return {
    input: less(inputs, inInput),
    output: less(outputs, inOutput),
    total,
    ...prefixed("input_", inInput),
    ...prefixed("output_", inOutput),
  };
}

/** Null where one of them is no count: then it is not OpenAI's shape. */
function detailsIn(value: unknown): Counts | null {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) return null;
  const said = Object.entries(value).filter(([, count]) => (count ?? null) !== null);
  return said.every(([, count]) => isCount(count)) ? Object.fromEntries(said) : null;
}

const less = (whole: number, parts: Counts): number =>
  Object.values(parts).reduce((rest, part) => Math.max(rest - part, 0), whole);

const prefixed = (prefix: string, counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${prefix}${name}`, count]));

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

function wholeNumbersIn(usage: Loose): Counts {
  const read = Object.entries(usage).flatMap(([name, value]) => {
    const count = typeof value === "string" ? Number.parseInt(value, 10) : value;
    const counts = typeof count === "number" && Number.isInteger(count) && count >= 0;
    return counts ? [[name, count] as const] : [];
  });
  return Object.fromEntries(read);
}

/** The conventions count what was cached as a part of the input, and thinking as a part of the output: both are taken out. */
function conventional(attributes: Loose): Counts {
  const said = Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]) => {
      const name = /^(?:gen_ai\.usage\.|llm\.token_count\.)(.*)$/.exec(key)?.[1];
      const count = Number(value);
      const counts = name !== undefined && key !== "gen_ai.usage.cost" && !Number.isNaN(count);
      return counts ? [[name, count] as const] : [];
    }),
  );
  const first = (names: readonly string[]): number | undefined =>
    names.map((name) => said[name]).find((count) => count !== undefined);
  const [cacheRead, cacheWrite] = [first(cacheReadNames), first(cacheWriteNames)];
  const [reasoning, audio] = [first(reasoningNames), said["completion_details.audio"]];
  const [input, output] = [first(inputNames), first(outputNames)];
  return {
    ...others(said),
    ...known("input", without(input, cacheRead, cacheWrite)),
    ...known("output", without(output, reasoning, audio)),
    ...known("total", first(totalNames)),
    ...known("input_cached_tokens", cacheRead),
    ...known("input_cache_creation", cacheWrite),
    ...known("output_reasoning_tokens", reasoning),
    ...known("output_audio_tokens", audio),
  };
}

const known = (name: string, count: number | undefined): Counts =>
  count === undefined ? {} : { [name]: count };

function without(
  whole: number | undefined,
  one: number = 0,
  other: number = 0,
): number | undefined {
  return whole === undefined ? undefined : Math.max(whole - one - other, 0);
}

function others(said: Counts): Counts {
  const entries = Object.entries(said)
    .filter(([name]) => !placed.has(name))
    .map(([name, count]) => [name.replace(/^details\./, ""), count] as const);
  return Object.fromEntries(entries);
}

const inputNames = ["prompt_tokens", "input_tokens", "prompt"];
const outputNames = ["completion_tokens", "output_tokens", "completion"];
const totalNames = ["total_tokens", "total"];
const cacheReadNames = [
  "cache_read.input_tokens",
  "cache_read_input_tokens",
  "cache_read_tokens",
  "details.cache_read_tokens",
  "details.cache_read_input_tokens",
  "prompt_details.cache_read",
  "input_cached_tokens",
];
const cacheWriteNames = [
  "cache_creation.input_tokens",
  "cache_creation_input_tokens",
  "cache_write_tokens",
  "details.cache_write_tokens",
  "details.cache_creation_input_tokens",
  "prompt_details.cache_write",
  "input_cache_creation",
];
const reasoningNames = ["reasoning.output_tokens", "completion_details.reasoning"];
const placed: ReadonlySet<string> = new Set([
  ...inputNames,
  ...outputNames,
  ...totalNames,
  ...cacheReadNames,
  ...cacheWriteNames,
  ...reasoningNames,
  "completion_details.audio",
]);
