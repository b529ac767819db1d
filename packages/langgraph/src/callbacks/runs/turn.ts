import type { Key } from "@spoor/core";
import type { ToolCalls } from "../calls/tool-calls.ts";
import type { Continuation } from "../flow/continuation.ts";

/** One activation: all that runs under one root. */
export interface Turn {
  readonly session: string;
  readonly key: Key;
  /** Its root's. */
  readonly name: string;
  /** How many roots had the same run id before its own. */
  readonly namesakes: number;
  /** Where its root starts in a recording. */
  readonly order?: number;
  readonly continuation: Continuation;
  /** What its models asked for; an activation that goes on from another shares that one's. */
  readonly calls: ToolCalls;
  /** The namespaces of the tasks that ran in it; none once it has ended. */
  tasks: string[];
  resolved: boolean;
  /** An interrupt was raised in it: it will end suspended, though LangGraph ends it well. Once it has ended: its thread waits. */
  suspended: boolean;
  /** It failed, and what it went on from waits as before. */
  waitsAgain?: boolean;
  /** The wait that it went on from. */
  wentOnFrom?: string | undefined;
  /** The steps that its graph has begun, first and latest. */
  steps?: { readonly first: unknown; readonly latest: unknown };
  /** The checkpoint that it stopped at. */
  waitsAt?: string;
  /** Interrupts that nodes of the root ended with and that no lifecycle callback has told of yet. */
  unannounced?: readonly unknown[];
}
