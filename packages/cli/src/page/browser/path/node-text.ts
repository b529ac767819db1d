import {
  countText,
  figureTexts,
  type PathGraph,
  type PathNode,
  troubleTexts,
} from "@spoor/core/report/text";
import { lineOf } from "../visible-text.ts";

/** What stands in a node, or above a graph. */
export interface NodeText {
  readonly name: string;
  readonly lines: readonly string[];
  /** What did not end well; empty: nothing. */
  readonly trouble: string;
}

const longest = 30;

/** `only`: the one graph that runs in it, which is drawn as the node itself. */
export function textOfNode(node: PathNode, only?: PathGraph): NodeText {
  const figures =
    node.visits === 0 ? ["not seen to run"] : figureTexts(node, `${node.visits}\u00D7`);
  return {
    name: lineOf(node.name, longest) || node.kind,
    lines: [
      ...(only && only.name !== node.name ? [`runs ${lineOf(only.name, longest)}`] : []),
      figures.join(" \u00B7 "),
    ],
    trouble: troubleTexts(node).join(" \u00B7 "),
  };
}

export function textOfGraph(graph: PathGraph): NodeText {
  return {
    name: lineOf(graph.name, longest) || graph.kind,
    lines: [figureTexts(graph, countText(graph.visits, "run")).join(" \u00B7 ")],
    trouble: troubleTexts(graph).join(" \u00B7 "),
  };
}
