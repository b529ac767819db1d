import type { StartedCallback } from "../native.ts";
import { textOf } from "../reading.ts";
import type { Run } from "./run.ts";
import type { RunRole } from "./run-role.ts";

/** What LangGraph calls a graph that nobody has named. */
const unnamed = "LangGraph";

/**
 * The agent that a run works for. `createAgent` says its name in the metadata of all that runs in it. `createReactAgent` says nothing: there a
 * graph with a node called `agent` is an agent, under the graph's own name, from the first run of that node on.
 */
export function agentOf(
  native: StartedCallback,
  role: RunRole,
  parent: Run | null,
): string | undefined {
  const said = textOf(native.metadata["lc_agent_name"])?.slice(0, 200);
  const graph = kindOf(role) === "agent" ? null : graphAround(parent);
  if (graph === null) return said;
  const isAgentNode = kindOf(role) === "step" && native.runName === "agent";
  if (isAgentNode && kindOf(graph.role) === "workflow" && graph.name !== unnamed)
    graph.agent = graph.name;
  return graph.agent ?? said;
}

function graphAround(run: Run | null): Run | null {
  let at = run;
  while (at !== null && kindOf(at.role) !== "workflow" && kindOf(at.role) !== "agent")
    at = at.parent;
  return at;
}

function kindOf(role: RunRole): string | null {
  return role.opens === "work" ? role.kind : null;
}
