/** A trace of `@openai/agents`, as far as it is looked at. */
export interface AgentsTrace {
  readonly traceId: string;
  readonly name: string;
  readonly groupId: string | null;
}

export interface AgentsSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly error: { readonly message: string; readonly data?: object } | null;
  /** What it is of, by `type`; it is filled until the span ends. */
  readonly spanData: { readonly type: string };
}

/** What that library calls, and `addTraceProcessor` takes. */
export interface AgentsProcessor {
  onTraceStart(trace: AgentsTrace): Promise<void>;
  onTraceEnd(trace: AgentsTrace): Promise<void>;
  onSpanStart(span: AgentsSpan): Promise<void>;
  onSpanEnd(span: AgentsSpan): Promise<void>;
  shutdown(timeoutMs?: number): Promise<void>;
  forceFlush(): Promise<void>;
}
