import type { Carrier } from "../vocabulary/carrier.ts";
import type { At, Key, Link, ModelOperation } from "../vocabulary/event.ts";
import type { Recordable } from "./recordable.ts";

export interface ScopeOptions {
  /** The framework's own id, unique in its session; else one is made. */
  readonly key?: Key;
  readonly input?: Recordable;
  readonly agent?: string;
  /** The model call that asked for it. */
  readonly causedBy?: { readonly key: Key } | Key;
  /** 2, 3, … where it is tried again. */
  readonly attempt?: number;
  /** When it began, where another library says so. Default: now. */
  readonly at?: At;
  /** What your framework says of it and nothing here has a word for. */
  readonly native?: Recordable;
}
export interface WorkOptions extends ScopeOptions {
  /** What it is to give, as whoever asks for it puts it: shown beside what it gives. */
  readonly expected?: Recordable;
  /** What set it off, where that lies in another process, or is more than one: the carriers of messages that it handles together. */
  readonly links?: readonly Link[];
}
export interface CarriedWorkOptions extends WorkOptions {
  /** The span that it is part of, as it came with a message or a request: one of this session, recorded by whichever process, or one outside. */
  readonly parent: Carrier;
}
export interface EndOptions {
  /** When it ended, where another library says so. Default: now. */
  readonly at?: At;
}
/**
 * All that a call is sent. Pass the same object for the same message, and never change it: it is then neither serialised nor scanned again, and
 * what is recorded is what it was at first.
 */
export interface ModelContext {
  readonly instructions?: Recordable;
  readonly tools?: Recordable;
  readonly messages: readonly Recordable[];
}
export interface ModelOptions extends ScopeOptions {
  readonly provider?: string;
  /** Default: a chat, which is what most calls are. */
  readonly operation?: ModelOperation;
  /** The managed prompt that it was made of. */
  readonly prompt?: { readonly name: string; readonly version?: string | number };
  readonly context?: ModelContext;
  readonly parameters?: Recordable;
}
export interface ToolOptions extends ScopeOptions {
  readonly toolCallId?: string;
}
export interface Answer {
  /** The model that answered, where it is not the one that was asked. */
  readonly model?: string;
  readonly finishReason?: string;
  readonly responseId?: string;
}
