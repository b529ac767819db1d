import type { WorkKind } from "@spoor/core";
import { isRecord } from "@spoor/core";
import type { ChainStarted, StartedCallback } from "../native.ts";
import { listOf, textOf } from "../reading.ts";

/** What a run is in the tree. Plumbing opens no span; a router is plumbing whose output is a decision. */
export type RunRole =
  | { readonly opens: "work"; readonly kind: WorkKind }
  | { readonly opens: "model" | "tool" }
  | { readonly opens: null; readonly router: boolean };

const plumbing: RunRole = { opens: null, router: false };

/** What would be plumbing below a root is what the caller ran. */
export function rootRoleOf(started: StartedCallback): RunRole {
  if (isStateUpdate(started)) return { opens: "work", kind: "other" };
  const role = roleOf(started, false);
  return role.opens === null ? { opens: "work", kind: "workflow" } : role;
}

/** `updateState` of a graph runs the writers of a node, outside of any run of the graph, and says nothing of the thread. */
export function isStateUpdate({ runName, classPath, metadata }: StartedCallback): boolean {
  return (
    runName?.endsWith("UpdateState") === true &&
    classPath.at(-1) === "RunnableSequence" &&
    textOf(metadata["langgraph_node"]) === undefined
  );
}

export function roleOf(started: StartedCallback, parentIsStep: boolean): RunRole {
  switch (started.kind) {
    case "model.started":
      return { opens: "model" };
    case "tool.started":
      return { opens: "tool" };
    case "retriever.started":
      return { opens: "work", kind: "retrieval" };
    case "chain.started":
      return chainRole(started, parentIsStep);
    default:
      return started satisfies never;
  }
}

function chainRole(chain: ChainStarted, parentIsStep: boolean): RunRole {
  if (chain.tags.includes("langsmith:hidden")) return plumbing;
  if (isTask(chain)) return { opens: "work", kind: isCalled(chain) ? "task" : "step" };
  if (isGraph(chain)) return { opens: "work", kind: isAgent(chain) ? "agent" : "workflow" };
  if (!isPlumbing(chain)) return { opens: "work", kind: "other" };
  return parentIsStep && isRouter(chain) ? { opens: null, router: true } : plumbing;
}

function isTask({ tags, metadata, runName }: ChainStarted): boolean {
  const node = textOf(metadata["langgraph_node"]);
  return (
    node !== undefined && node === runName && tags.some((tag) => tag.startsWith("graph:step:"))
  );
}

/** A function of the functional API: its path holds its caller's. A node that a `Send` is for holds only its place among the others. */
export function isCalled(started: StartedCallback): boolean {
  if (started.kind !== "chain.started" || !isTask(started)) return false;
  return Array.isArray(listOf(started.metadata["langgraph_path"])[1]);
}

function isGraph({ classPath: [family, room] }: ChainStarted): boolean {
  return family === "langgraph" && room === "pregel";
}

/** A graph inside an agent inherits the agent's name without being one. */
function isAgent({ metadata, runName }: ChainStarted): boolean {
  if (metadata["ls_integration"] === "langchain_create_agent") return true;
  const agent = textOf(metadata["lc_agent_name"]);
  return agent !== undefined && agent === runName;
}

/** Sequences, lambdas, wrappers, prompts and parsers: how LangChain is built, not what the agent did. */
function isPlumbing({ classPath: [family], runType }: ChainStarted): boolean {
  return (
    family === "langchain_core" ||
    family === "langgraph" ||
    runType === "prompt" ||
    runType === "parser"
  );
}

/** A conditional edge runs as a bare lambda right under its node and reads the state; LangChain wraps what is no object as `{ input }`. */
function isRouter({ classPath, tags, runName, inputs }: ChainStarted): boolean {
  return (
    classPath.at(-1) === "RunnableLambda" &&
    runName !== "prompt" &&
    !tags.some((tag) => tag.startsWith("seq:step:")) &&
    isRecord(inputs) &&
    Object.keys(inputs).join() !== "input"
  );
}
