import type { Key, WorkKind } from "@spoor/core";
import type { AskedCall } from "../calls/asked-call.ts";
import type { Told } from "../flow/told.ts";
import type { Arrival } from "../model/arrival.ts";
import type { Prompt } from "../model/prompt.ts";
import type { StartedCallback } from "../native.ts";
import { textOf } from "../reading.ts";
import type { ModelRequest } from "./model-request.ts";
import type { Turn } from "./turn.ts";

/**
 * What a run is in the tree. Plumbing opens no span, but as a root, where it wraps what it runs; a router is plumbing whose output is a decision.
 */
export type RunRole =
  | { readonly opens: "work"; readonly kind: WorkKind; readonly wraps?: true }
  | { readonly opens: "model" | "tool" }
  | { readonly opens: null; readonly router: boolean };

export interface Run {
  readonly runId: string;
  readonly turn: Turn;
  readonly parent: Run | null;
  readonly role: RunRole;
  /** What the application calls it: a node, a tool, a graph, a model's class. */
  readonly name: string;
  /** The nearest recorded span: its own, or that of the run it answers for. */
  readonly span: Key;
  /** Which try of the same thing it is; the first is 1. */
  readonly attempt: number;
  /** The session that its metadata names; a detached run belongs only into the same. */
  readonly conversation: string | undefined;
  readonly checkpointNamespace: string | undefined;
  readonly provider: string | undefined;
  /** Of a tool: the call that it runs for. */
  readonly toolCallId: string | undefined;
  /** The agent it works for; of a graph, the agent that it is. */
  agent: string | undefined;
  /** Of a model that has not ended well: what it was asked, as far as that tells whether the next one is asked the same. */
  request: ModelRequest | undefined;
  /** The model that was called last right below it; none once it has ended. */
  latestModel: Run | null;
  /** Of a model: the managed prompt that it was sent. Of what calls one: the prompt that was made up last, for the next call alone. */
  prompt?: Prompt | undefined;
  /** Of a node: the tool calls that it was given and that nobody has answered; none once it has ended. */
  given: readonly AskedCall[];
  /** Of a node: the channels of its graph's state that it was given; what decides where to go on from it reads them too. */
  channels: readonly string[];
  ended: boolean;
  failed: boolean;
  suspended: boolean;
  /** What came up from below, told already. */
  told?: Told;
  /** Of a model: what was seen of its answer while that came. */
  arrival?: Arrival;
  notes: number;
}

/** A task of a graph, in LangGraph's words: a node, or a function of the functional API. */
export function isStep({ role }: Run): boolean {
  return role.opens === "work" && (role.kind === "step" || role.kind === "task");
}

/** The root of its turn, or inside of nothing but plumbing: a graph here waits and goes on for the whole turn. */
export function isOutermost({ parent }: Run): boolean {
  let above = parent;
  while (above !== null && (above.role.opens === null || wraps(above))) above = above.parent;
  return above === null;
}

function wraps({ role }: Run): boolean {
  return role.opens === "work" && role.wraps === true;
}

/** Nothing that starts later is another try of it. */
export function forgetRequest(model: Run | null): void {
  if (model !== null) model.request = undefined;
}

/** Which task of which graph it stands in: `node:task`, behind those of the graphs and functions around it. */
export function namespaceOf({ metadata }: Pick<StartedCallback, "metadata">): string | undefined {
  return textOf(metadata["langgraph_checkpoint_ns"]);
}

/** The task that called or failed into this one, where LangGraph puts it one namespace deeper. */
export function outerNamespace(namespace: string | undefined): string {
  return namespace?.slice(0, Math.max(namespace.lastIndexOf("|"), 0)) ?? "";
}

/** The namespace of the graph that a task, or what runs in it, is a part of. */
export function graphOf({ checkpointNamespace }: Pick<Run, "checkpointNamespace">): string {
  return outerNamespace(checkpointNamespace);
}
