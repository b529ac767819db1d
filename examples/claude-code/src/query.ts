/** What an application has of the SDK here: types of its own, so that it compiles without the SDK. */
export type Query = (parameters: QueryParameters) => AsyncIterable<Message>;

export interface QueryParameters {
  readonly prompt: string;
  readonly options?: QueryOptions;
}

export interface QueryOptions {
  readonly cwd?: string;
  readonly permissionMode?: "default" | "acceptEdits";
  readonly hooks?: Readonly<Record<string, readonly HookMatcher[]>>;
}

export interface HookMatcher {
  readonly hooks: readonly ((input: object, toolUseID: string) => Promise<object>)[];
}

/** The messages that are printed; the rest of what the SDK says is left as it is. */
export type Message =
  | { readonly type: "assistant"; readonly message: { readonly content: readonly Block[] } }
  | { readonly type: "result"; readonly result?: string }
  | { readonly type: "system" | "user" };

export interface Block {
  readonly type: string;
  readonly text?: string;
  readonly name?: string;
}
