export type ToolInput = Readonly<Record<string, string>>;

export type ToolCall = {
  readonly id: string;
  readonly name: string;
  readonly arguments: ToolInput;
};

export type Reply = {
  readonly role: "assistant";
  /** Also the key of the model call that said it, so that whatever it leads to can name its cause. */
  readonly id: string;
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
};

/** Never changed once it was said: a conversation only grows. */
export type Message =
  | { readonly role: "user"; readonly content: string }
  | { readonly role: "tool"; readonly toolCallId: string; readonly content: string }
  | Reply;
