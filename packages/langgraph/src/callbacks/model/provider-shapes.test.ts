import { readFileSync } from "node:fs";
import type { EventDraft, Usage } from "@spoor/core";
import { expect, test } from "vitest";
import { nativesOf, only, translateAll } from "../fixtures.ts";
import type { Fields } from "../native.ts";
import { fieldsOf, textOf } from "../reading.ts";

/** What the integrations of LangChain made of one and the same answer of each provider's API: start and end of the call. */
const recorded: readonly Fields[] = readFileSync(
  new URL("./fixtures/provider-shapes.ndjson", import.meta.url),
  "utf8",
)
  .trimEnd()
  .split("\n")
  .map((line) => fieldsOf(JSON.parse(line)));

const nameOf = ({ provider, mode }: Fields): string => `${String(provider)}, ${String(mode)}`;

interface Facts {
  readonly provider: string;
  readonly requestModel: string;
  readonly model?: string;
  readonly finishReason?: string;
  readonly responseId?: string;
  readonly usage?: Usage;
}

/** 100 tokens in, 40 of them from a cache; 50 out, 20 of them reasoning: so OpenAI's API counts, and those that speak like it. */
const likeOpenAi: Usage = { input: 60, cacheRead: 40, cacheWrite: null, output: 50, reasoning: 20 };
/** 60 in beside 30 from a cache and 10 into it; 50 out, thinking among them but not told apart. */
const anthropic: Usage = { input: 60, cacheRead: 30, cacheWrite: 10, output: 50, reasoning: null };
/** 100 in, 40 of them from a cache; 30 out and 20 thoughts beside them. */
const gemini: Usage = { input: 60, cacheRead: 40, cacheWrite: null, output: 50, reasoning: 20 };
const undivided: Usage = {
  input: 100,
  cacheRead: null,
  cacheWrite: null,
  output: 50,
  reasoning: null,
};

const gpt = {
  provider: "openai",
  requestModel: "gpt-x",
  model: "gpt-x-2026-01-01",
  finishReason: "tool_calls",
  responseId: "chatcmpl-1",
} as const;
const responses = { ...gpt, finishReason: "completed", responseId: "resp_1" } as const;
const claude = {
  provider: "anthropic",
  requestModel: "claude-x",
  model: "claude-x-20260101",
  finishReason: "tool_use",
  responseId: "msg_1",
  usage: { ...anthropic, cacheWrite1h: 0 },
} as const;
/** Stream events pass on neither the model nor how long the cache lasts. */
const claudeInEvents = {
  provider: "anthropic",
  requestModel: "claude-x",
  finishReason: "tool_use",
  responseId: "msg_1",
  usage: anthropic,
} as const;
const deepseek = { ...gpt, provider: "deepseek", requestModel: "deepseek-x" } as const;
const google = { provider: "google_genai", requestModel: "gemini-x" } as const;
const llama = { provider: "ollama", requestModel: "llama-x", usage: undivided } as const;
const groq = { ...gpt, provider: "groq", requestModel: "groq-x", usage: likeOpenAi } as const;
const mistral = { provider: "mistral", requestModel: "mistral-x" } as const;

const expected: Readonly<Record<string, Facts>> = {
  "openai chat/completions, invoke": { ...gpt, usage: likeOpenAi },
  "openai chat/completions, stream": { ...gpt, usage: likeOpenAi },
  "openai chat/completions, invoke+chatStreamEvents": {
    ...gpt,
    finishReason: "tool_use",
    usage: likeOpenAi,
  },
  "openai chat/completions streamUsage=false, invoke": { ...gpt, usage: likeOpenAi },
  "openai chat/completions streamUsage=false, stream": gpt,
  "openai chat/completions streamUsage=false, invoke+chatStreamEvents": {
    ...gpt,
    finishReason: "tool_use",
  },
  "openai responses, invoke": { ...responses, usage: likeOpenAi },
  "openai responses, stream": { ...responses, usage: likeOpenAi },
  "openai responses, invoke+chatStreamEvents": { ...responses, usage: likeOpenAi },
  "openai responses outputVersion=v1, invoke": { ...responses, usage: likeOpenAi },
  "openai responses outputVersion=v1, stream": { ...responses, usage: likeOpenAi },
  "openai responses outputVersion=v1, invoke+chatStreamEvents": {
    ...responses,
    usage: likeOpenAi,
  },
  "anthropic, invoke": claude,
  "anthropic, stream": claude,
  "anthropic, invoke+chatStreamEvents": claudeInEvents,
  "anthropic outputVersion=v1, invoke": claude,
  "anthropic outputVersion=v1, stream": claude,
  "anthropic outputVersion=v1, invoke+chatStreamEvents": claudeInEvents,
  "deepseek, invoke": { ...deepseek, usage: likeOpenAi },
  "deepseek, stream": { ...deepseek, usage: likeOpenAi },
  "deepseek, invoke+chatStreamEvents": {
    ...deepseek,
    finishReason: "tool_use",
    usage: likeOpenAi,
  },
  "google-genai, invoke": { ...google, finishReason: "STOP", usage: gemini },
  "google-genai, stream": {
    ...google,
    finishReason: "STOP",
    usage: { ...gemini, input: null, cacheRead: null },
  },
  "google-genai, invoke+chatStreamEvents": { ...google, usage: gemini },
  "ollama, invoke": { ...llama, model: "llama-x", finishReason: "stop" },
  "ollama, stream": { ...llama, model: "llama-x", finishReason: "stop" },
  "ollama, invoke+chatStreamEvents": llama,
  "mistralai, invoke": {
    ...mistral,
    model: "gpt-x-2026-01-01",
    finishReason: "tool_calls",
    usage: undivided,
  },
  "mistralai, stream": mistral,
  "mistralai, invoke+chatStreamEvents": mistral,
  "groq, invoke": groq,
  "groq, stream": groq,
  "groq, invoke+chatStreamEvents": { ...groq, finishReason: "tool_use" },
};

test.each(recorded.map((row) => [nameOf(row), row] as const))(
  "%s: the facts are those of the provider",
  (name, row) => {
    expect(factsOf(translateAll(nativesOf(callbacksOf(row).map(written))))).toEqual(expected[name]);
  },
);

test.each(["stream", "invoke+chatStreamEvents"])(
  "Anthropic's output is not known where nobody saw how it came: %s",
  (mode) => {
    const row = recorded.find((each) => nameOf(each) === `anthropic, ${mode}`) ?? {};
    const ends = callbacksOf(row).filter(({ event }) => /Start$|End$/.test(event));
    const facts = factsOf(translateAll(nativesOf(ends.map(written))));
    expect(facts.usage).toMatchObject({ ...anthropic, output: null });
  },
);

function factsOf(drafts: readonly EventDraft[]): Facts {
  const [start] = only(drafts, "model.started");
  const [end] = only(drafts, "model.ended");
  const [used] = only(drafts, "usage.reported");
  const facts = {
    provider: start?.provider,
    requestModel: start?.requestModel,
    model: end?.model,
    finishReason: end?.finishReason,
    responseId: end?.responseId,
    usage: used?.usage,
  };
  return JSON.parse(JSON.stringify(facts));
}

interface Callback {
  readonly event: string;
  readonly args: Fields;
}
const callback = (event: string, given: Fields): Callback => ({
  event,
  args: { runId: "m", ...given },
});
const written = (one: Callback): string => JSON.stringify(one);

/** A row as the callbacks that it was read off. */
function callbacksOf(row: Fields): readonly Callback[] {
  const start = fieldsOf(row["start"]);
  const began = callback("handleChatModelStart", {
    llm: { id: start["llmId"] },
    messages: [[]],
    metadata: start["metadata"],
    extraParams: { invocation_params: start["invocation_params"] },
  });
  if (row["end"] === undefined) return [began, callback("handleLLMError", { err: row["error"] })];
  const { llmOutput, generationInfo, messageClass, ...message } = fieldsOf(row["end"]);
  const answered = { $message: messageClass, type: "ai", ...message };
  const generations = [[{ message: answered, generationInfo }]];
  return [
    began,
    ...piecesOf(row).map(([event, given]) => callback(event, given)),
    callback("handleLLMEnd", { output: { generations, llmOutput } }),
  ];
}

const firstCount = {
  input_tokens: 100,
  output_tokens: 1,
  total_tokens: 101,
  input_token_details: { cache_creation: 10, cache_read: 30 },
};
const lastCount = { input_tokens: 0, output_tokens: 50, total_tokens: 50 };
const bothCounts = { ...firstCount, output_tokens: 51, total_tokens: 151 };
const token = (usage: Fields): readonly [string, Fields] => [
  "handleLLMNewToken",
  { fields: { chunk: { text: "", message: { usage_metadata: usage } } } },
];
const streamEvent = (event: Fields): readonly [string, Fields] => [
  "handleChatModelStreamEvent",
  { event },
];

/** The rows do not hold the pieces. These two events of Anthropic's API, `message_start` and `message_delta`, count tokens. */
function piecesOf({ provider, mode }: Fields): readonly (readonly [string, Fields])[] {
  if (textOf(provider)?.startsWith("anthropic") !== true) return [];
  if (mode === "stream") return [token(firstCount), token(lastCount)];
  if (mode !== "invoke+chatStreamEvents") return [];
  return [
    streamEvent({ event: "message-start", usage: firstCount }),
    streamEvent({ event: "usage", usage: bothCounts }),
    streamEvent({ event: "message-finish", usage: bothCounts }),
  ];
}
