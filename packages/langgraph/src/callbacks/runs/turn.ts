import type { Key } from "@spoor/core";
import type { ToolCalls } from "../calls/tool-calls.ts";
import type { Continuation } from "../flow/continuation.ts";

/** One activation: all that runs under one root. */
export interface Turn {
  readonly session: string;
  readonly key: Key;
  readonly rootRunId: string;
  readonly continuation: Continuation;
  /** What its models asked for; an activation that goes on from another shares that one's. */
  readonly calls: ToolCalls;
  resolved: boolean;
  /** An interrupt was raised in it: it will end suspended, though LangGraph ends it well. */
  suspended: boolean;
  /** The checkpoint that it stopped at. */
  waitsAt?: string;
  /** Interrupts that nodes of the root ended with and that no lifecycle callback has told of yet. */
  unannounced?: readonly unknown[];
}
