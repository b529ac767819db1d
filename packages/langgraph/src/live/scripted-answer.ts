/** A tool call as a model asks for it. */
export interface AskedTool {
  readonly id: string;
  readonly name: string;
  readonly args: Record<string, unknown>;
  readonly type: "tool_call";
}

/** What a scripted model does in one call. */
export interface ScriptedAnswer {
  readonly text?: string;
  readonly toolCalls?: readonly AskedTool[];
  /** Instead of answering; where it streams, after what it has said. */
  readonly fails?: Error;
  readonly takesMs?: number;
}

export const says = (text: string): ScriptedAnswer => ({ text });

export const asks = (
  ...calls: readonly (readonly [id: string, name: string, args: Record<string, unknown>])[]
): ScriptedAnswer => ({
  toolCalls: calls.map(([id, name, args]) => ({ id, name, args, type: "tool_call" })),
});

export const fails = (message: string, text = ""): ScriptedAnswer => ({
  text,
  fails: new Error(message),
});

export const textOf = ({ text = "" }: ScriptedAnswer): string => text;

/** Of every call alike: what differs between trees is then the tree. */
export const usage = {
  input_tokens: 11,
  output_tokens: 7,
  total_tokens: 18,
  input_token_details: { cache_read: 3 },
  output_token_details: { reasoning: 2 },
};
