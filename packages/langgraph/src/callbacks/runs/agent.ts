import type { StartedCallback } from "../native.ts";
import { nameOf, textOf } from "../reading.ts";
import type { Run } from "./run.ts";
import type { RunRole } from "./run.ts";

/** What LangGraph calls a graph that nobody has named. */
const unnamed = "LangGraph";

/**
 * The agent that a run works for. `createAgent` says its name in the metadata of all that runs in it. `createReactAgent` says nothing: there a
 * graph with a node called `agent` is an agent, under the graph's own name, from the first run of that node on. An agent without a name that
 * another one calls inherits that one's in its metadata: it goes by what LangGraph calls it.
 */
export function agentOf(
  native: StartedCallback,
  role: RunRole,
  parent: Run | null,
): string | undefined {
  const said = textOf(native.metadata["lc_agent_name"])?.slice(0, 200);
  const graph = graphAround(parent);
  if (graph === null) return said;
  if (kindOf(role) === "agent")
    return said !== undefined && said === graph.agent ? nameOf(native.runName, unnamed) : said;
  if (kindOf(graph.role) === "agent") return graph.agent;
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
