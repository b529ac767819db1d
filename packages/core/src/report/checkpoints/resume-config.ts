import type { JsonObject } from "../../vocabulary/json.ts";
import { placeOf, type Saved, type Written } from "./checkpoint-facts.ts";

/** What LangGraph is given as its config, to go on from a checkpoint. */
export interface ResumeConfig {
  readonly configurable: JsonObject;
}

/**
 * The config of each checkpoint of a thread, as LangGraph itself gives it. A graph in a node is addressed by way of the graphs around it: at which checkpoints
 * these were is known by what the node wrote there. Null: that was not told, and with less LangGraph would silently take the latest.
 */
export function resumeConfigs(
  thread: string,
  saved: ReadonlyMap<string, Saved>,
  written: readonly Written[],
): (namespace: string, checkpoint: string) => ResumeConfig | null {
  const byNode = new Map<string, string>();
  const byTask = new Map<string, string>();
  for (const { event, span } of written) {
    const { namespace = "", task, checkpoint } = event;
    byTask.set(nameOf(namespace, task), checkpoint);
    if (span) byNode.set(nameOf(namespace, span.spanId), checkpoint);
  }

  /** By namespace, outermost first. */
  function around(namespace: string, checkpoint: string): Readonly<Record<string, string>> | null {
    if (namespace === "") return { "": checkpoint };
    const { graph, task } = lastOf(namespace);
    const span = saved.get(placeOf({ namespace, checkpoint }))?.span?.spanId;
    const at =
      (task === null ? undefined : byTask.get(nameOf(graph, task))) ??
      (span === undefined ? undefined : byNode.get(nameOf(graph, span)));
    const above = at === undefined ? null : around(graph, at);
    return above && { ...above, [namespace]: checkpoint };
  }

  return (namespace, checkpoint) => {
    const map = around(namespace, checkpoint);
    if (map === null) return null;
    const address = { thread_id: thread, checkpoint_ns: namespace, checkpoint_id: checkpoint };
    return {
      configurable: namespace === "" ? address : { ...address, checkpoint_map: map },
    };
  };
}

/** `outer:1|inner:2`: the node `inner` of the graph in the node `outer`; a graph that keeps its state between runs has no number. */
function lastOf(namespace: string): { readonly graph: string; readonly task: string | null } {
  const parts = namespace.split("|");
  const [, task = null] = parts.at(-1)?.split(":") ?? [];
  return { graph: parts.slice(0, -1).join("|"), task };
}

const nameOf = (namespace: string, name: string): string => JSON.stringify([namespace, name]);
