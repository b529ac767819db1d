import type { Random } from "./random.ts";
import type { Texts } from "./texts.ts";
import type { Transcript } from "./transcript.ts";

/** What an agent is doing while it speaks into its transcript. */
export interface Doing {
  readonly transcript: Transcript;
  readonly random: Random;
  readonly texts: Texts;
  readonly model: string;
  /** Tokens in its context. */
  context: number;
}

/** The request that the next call answers, and what the program adds before it. */
export interface Request {
  readonly id: string;
}

/** System prompt and tools, as they are sent: long, and written down in two forms before the first call. */
export function begin({ transcript, texts, random }: Doing): void {
  const tools = Array.from({ length: 14 }, (_, index) => ({
    name: `Tool${index}`,
    description: texts.prose(2_500),
    schema: { type: "object", properties: { path: { type: "string" } } },
  }));
  const systemPrompt = [texts.prose(9_000), texts.prose(3_000)];
  for (const type of ["environment", "model", "date", "session_context"])
    transcript.say("attachment", { attachment: { type, text: texts.prose(120) } });
  transcript.say("attachment", {
    attachment: { type: "skill_listing", content: texts.prose(6_000) },
  });
  transcript.say("attachment", { attachment: { type: "prompt_snapshot", systemPrompt, tools } });
  transcript.note("api-request-shape", {
    shapeHash: random.hex(64),
    version: "2.1.329",
    shape: { system: systemPrompt, tools },
  });
}

export function prompt({ transcript, texts, random }: Doing, fields: object = {}): string {
  transcript.wait(random.between(2_000, 90_000));
  return transcript.say("user", {
    promptId: transcript.uuid(),
    message: { role: "user", content: texts.prose(random.between(40, 900)) },
    permissionMode: "default",
    ...fields,
  });
}

export function request({ transcript, texts, random, model }: Doing): Request {
  const id = transcript.uuid();
  const total = `<total_tokens>${random.between(1_000_000, 9_000_000)} tokens left</total_tokens>`;
  transcript.say("attachment", { attachment: { type: "total_tokens_reminder", text: total } });
  transcript.note("api-request-blob", {
    hash: random.hex(64),
    message: { role: "system", content: [{ type: "text", text: texts.prose(180) }] },
  });
  transcript.noteNow("api-request", {
    id,
    version: "2.1.329",
    querySource: "sdk",
    params: { model, max_tokens: 64_000, thinking: { type: "adaptive" } },
    keep: 4,
    tail: [random.hex(64), random.hex(64)],
  });
  return { id };
}

/** One call, a line for each of its blocks. */
export function answer(
  doing: Doing,
  { id: requestRef }: Request,
  blocks: readonly object[],
  stopReason: string,
): void {
  const { transcript, random, model } = doing;
  const id = `msg_01${random.hex(20)}`;
  const requestId = `req_01${random.hex(20)}`;
  const fresh = random.between(200, 4_000);
  const message = {
    id,
    type: "message",
    role: "assistant",
    model,
    stop_reason: stopReason,
    stop_sequence: null,
    usage: {
      input_tokens: random.between(3, 40),
      cache_creation_input_tokens: fresh,
      cache_read_input_tokens: doing.context,
      output_tokens: random.between(40, 1_800),
      output_tokens_details: { thinking_tokens: random.between(0, 30) },
      server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
      service_tier: "standard",
      cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: fresh },
    },
  };
  doing.context += fresh;
  transcript.wait(random.between(800, 9_000));
  for (const [apiBlockIndex, block] of blocks.entries())
    transcript.say("assistant", {
      message: { ...message, content: [block] },
      apiBlockIndex,
      requestId,
      requestRef,
      requestedModel: model,
      promptCacheRequested: "5m",
      effort: "high",
      madeBy: "model",
    });
}

export const toolUseId = (random: Random): string => `toolu_01${random.hex(22)}`;

export function toolResult(
  { transcript, random }: Doing,
  toolUse: string,
  content: unknown,
  toolUseResult: unknown,
): void {
  transcript.wait(random.between(20, 4_000));
  transcript.say("user", {
    promptId: transcript.uuid(),
    message: {
      role: "user",
      content: [{ tool_use_id: toolUse, type: "tool_result", content, is_error: false }],
    },
    toolUseResult,
    permissionDecision: { decision: "accept", source: "config" },
  });
}
