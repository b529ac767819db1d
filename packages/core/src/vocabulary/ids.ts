declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };
/** 16 hex digits of SHA-256 over session and key: the same in journal, OTel, Langfuse and log lines. */
export type SpanId = Branded<"SpanId">;
/** 32 hex digits, one a turn. */
export type TraceId = Branded<"TraceId">;
/** Hash of session, key, type, source and mark: a witness that repeats itself, in whatever process, says nothing new. */
export type EventId = Branded<"EventId">;
/** HMAC under the subject's key over the SHA-256 of the redacted bytes. */
export type ContentRef = Branded<"ContentRef">;
/** The framework's own name of a piece of work, unique in its session: run id, message id, tool call id. */
export type Key = string;
