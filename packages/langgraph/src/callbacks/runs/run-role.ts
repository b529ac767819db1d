import { isRecord } from "@spoor/core";
import { goesOn, isCommand } from "../flow/command.ts";
import type { ChainStarted, StartedCallback } from "../native.ts";
import { listOf, readOr, textOf } from "../reading.ts";
import type { Run, RunRole } from "./run.ts";
import { isStep } from "./run.ts";

const plumbing: RunRole = { opens: null, router: false };

/** What would be plumbing below a root is what the caller ran. */
export function rootRoleOf(started: StartedCallback): RunRole {
  if (isStateUpdate(started)) return { opens: "work", kind: "other" };
  const role = roleOf(started, null);
  return role.opens === null ? { opens: "work", kind: "workflow", wraps: true } : role;
}

/** `updateState` of a graph runs the writers of a node, outside of any run of the graph, and says nothing of the thread. */
export function isStateUpdate({ runName, classPath, metadata }: StartedCallback): boolean {
  return (
    runName?.endsWith("UpdateState") === true &&
    classPath.at(-1) === "RunnableSequence" &&
    textOf(metadata["langgraph_node"]) === undefined
  );
}

export function roleOf(started: StartedCallback, parent: Run | null): RunRole {
  switch (started.kind) {
    case "model.started":
      return { opens: "model" };
    case "tool.started":
      return { opens: "tool" };
    case "retriever.started":
      return { opens: "work", kind: "retrieval" };
    case "chain.started":
      return chainRole(started, parent);
    default:
      return started satisfies never;
  }
}

function chainRole(chain: ChainStarted, parent: Run | null): RunRole {
  if (chain.tags.includes("langsmith:hidden")) return plumbing;
  if (isTask(chain)) return { opens: "work", kind: isCalled(chain) ? "task" : "step" };
  if (isGraph(chain)) return { opens: "work", kind: isAgent(chain, parent) ? "agent" : "workflow" };
  if (!isPlumbing(chain)) return { opens: "work", kind: "other" };
  return parent !== null && isStep(parent) && isRouter(chain, parent)
    ? { opens: null, router: true }
    : plumbing;
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

/**
 * What an agent says of itself, all that runs in it inherits: also another agent, under a name of its own or none. But an agent is given messages, so
 * a graph inside of one that is given a state without any is no agent.
 */
function isAgent({ metadata, runName, inputs }: ChainStarted, parent: Run | null): boolean {
  const agent = textOf(metadata["lc_agent_name"]);
  if (agent !== undefined && agent === runName) return true;
  const isSaid = metadata["ls_integration"] === "langchain_create_agent";
  return isSaid && !(isInAgent(parent) && isStateWithoutMessages(inputs));
}

function isInAgent(parent: Run | null): boolean {
  for (let above = parent; above !== null; above = above.parent)
    if (above.role.opens === "work" && above.role.kind === "agent") return true;
  return false;
}

function isStateWithoutMessages(inputs: unknown): boolean {
  const isState = !isCommand(inputs) && !goesOn(inputs);
  return isState && namesIn(inputs)?.includes("messages") === false;
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

/** What a node was given of the state. One that a `Send` is for, or a function, was given whatever its caller chose. */
export function channelsOf({ inputs, metadata }: ChainStarted): readonly string[] {
  const isPulled = listOf(metadata["langgraph_path"])[0] === "__pregel_pull";
  return isPulled ? (namesIn(inputs) ?? []) : [];
}

/**
 * A conditional edge runs as a bare lambda right under its node and reads the state; LangChain wraps what is no object as `{ input }`. What the
 * node itself runs may look the same: a lambda that is given less of the state than the node was is none.
 */
function isRouter({ classPath, tags, runName, inputs }: ChainStarted, { channels }: Run): boolean {
  const names = namesIn(inputs);
  return (
    names !== null &&
    classPath.at(-1) === "RunnableLambda" &&
    runName !== "prompt" &&
    !tags.some((tag) => tag.startsWith("seq:step:")) &&
    names.join() !== "input" &&
    channels.every((channel) => names.includes(channel))
  );
}

function namesIn(inputs: unknown): readonly string[] | null {
  return readOr(null, () => (isRecord(inputs) ? Object.keys(inputs) : null));
}
