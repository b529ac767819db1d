/** What a scripted model says in one answer. */
export type ScriptedBlock =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "tool_use";
      readonly id: string;
      readonly name: string;
      readonly input: object;
    };

export interface ScriptedAnswer {
  readonly content: readonly ScriptedBlock[];
  /** It never comes to its end: the connection stays open after the last block. */
  readonly hangs?: boolean;
}

export interface ScriptedUsage {
  readonly input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly output_tokens: number;
}

/** An answer as it was given: what the truth about tokens is. */
export interface GivenAnswer {
  readonly message_id: string;
  readonly model: string;
  readonly usage: ScriptedUsage;
}

export const says = (...texts: readonly string[]): ScriptedAnswer => ({
  content: texts.map((text) => ({ type: "text", text })),
});

export const asks = (
  ...tools: readonly (readonly [id: string, name: string, input: object])[]
): ScriptedAnswer => ({
  content: tools.map(([id, name, input]) => ({ type: "tool_use", id, name, input })),
});

type StreamEvent = { readonly type: string } & Readonly<Record<string, unknown>>;

/** The events in which the API streams an answer. */
export function* eventsOf(answer: ScriptedAnswer, given: GivenAnswer): Iterable<StreamEvent> {
  const { content, hangs = false } = answer;
  const message = {
    id: given.message_id,
    type: "message",
    role: "assistant",
    model: given.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...given.usage, output_tokens: 1 },
  };
  yield { type: "message_start", message };
  for (const [index, block] of content.entries()) {
    yield { type: "content_block_start", index, content_block: emptied(block) };
    yield { type: "content_block_delta", index, delta: deltaOf(block) };
    yield { type: "content_block_stop", index };
  }
  if (hangs) return;
  const usesTools = content.some(({ type }) => type === "tool_use");
  const delta = { stop_reason: usesTools ? "tool_use" : "end_turn", stop_sequence: null };
  yield { type: "message_delta", delta, usage: given.usage };
  yield { type: "message_stop" };
}

const emptied = (block: ScriptedBlock): object =>
  block.type === "text" ? { ...block, text: "" } : { ...block, input: {} };

const deltaOf = (block: ScriptedBlock): object =>
  block.type === "text"
    ? { type: "text_delta", text: block.text }
    : { type: "input_json_delta", partial_json: JSON.stringify(block.input) };
