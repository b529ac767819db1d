import { countText } from "../text/count.ts";
import { mermaidText } from "./mermaid-text.ts";
import { figureTexts, troubleTexts } from "./node-words.ts";
import type { PathNode } from "./nodes.ts";
import type { PathEdge } from "./edges.ts";
import type { PathGraph } from "./path.ts";
import type { PathReport } from "./path-report.ts";

/** The path as a Mermaid flowchart, line by line. Whatever was recorded is text in it. */
export function renderMermaid({ graphs, usageComplete }: PathReport): readonly string[] {
  const inside = Map.groupBy(graphs, ({ within }) => within);
  const tops = inside.get(null) ?? [];
  return [
    "flowchart TD",
    ...indented(tops.flatMap((graph) => block(graph, inside, usageComplete))),
    ...indented(classLines(graphs)),
  ];
}

type Inside = ReadonlyMap<string | null, readonly PathGraph[]>;

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

/** A graph in a block of its own. `isCounted`: if not by its calls, what was used in it is known from totals. */
function block(graph: PathGraph, inside: Inside, isCounted: boolean = false): readonly string[] {
  const figures = figureTexts(graph, countText(graph.visits, "run"), isCounted || graph.usageFinal);
  return [
    `subgraph ${graph.id}["${title(graph, figures)}"]`,
    ...indented(contents(graph, inside)),
    "end",
  ];
}

const contents = (graph: PathGraph, inside: Inside): readonly string[] => [
  ...graph.nodes.flatMap((node) => nodeLines(node, inside)),
  ...graph.edges.map(edgeLine),
];

/** The only graph that runs in a node is drawn as that node. An end that nothing came to is no part of the path. */
function nodeLines(node: PathNode, inside: Inside): readonly string[] {
  if (node.kind === "start") return [`${node.id}(["start"])`];
  if (node.kind === "end") return node.visits === 0 ? [] : [`${node.id}(["end"])`];
  const [only, ...others] = inside.get(node.id) ?? [];
  const isOther = only !== undefined && others.length === 0 && only.name !== node.name;
  const runs = isOther ? [`runs ${mermaidText(only.name)}`] : [];
  const figures =
    node.visits === 0 ? ["not seen to run"] : figureTexts(node, countText(node.visits, "visit"));
  if (!only) return [`${node.id}${shapes[node.kind](`"${label(node, figures)}"`)}`];
  const drawn =
    others.length === 0
      ? contents(only, inside)
      : [only, ...others].flatMap((graph) => block(graph, inside));
  return [
    `subgraph ${node.id}["${title(node, [...runs, ...figures])}"]`,
    ...indented(drawn),
    "end",
  ];
}

const box = (title: string): string => `[${title}]`;
const round = (title: string): string => `(${title})`;

const shapes: Readonly<
  Record<Exclude<PathNode["kind"], "start" | "end">, (title: string) => string>
> = {
  turn: box,
  workflow: box,
  agent: box,
  task: box,
  step: box,
  plan: box,
  memory: (title) => `[(${title})]`,
  other: box,
  model: round,
  tool: (title) => `[[${title}]]`,
  retrieval: (title) => `[(${title})]`,
  guardrail: (title) => `{{${title}}}`,
  compaction: (title) => `[/${title}/]`,
};

const nameOf = ({ name }: PathGraph | PathNode): string => mermaidText(name) || "unnamed";

/** Name, figures, and what did not end well, each on a line of its own. */
function label(node: PathNode, figures: readonly string[]): string {
  const lines = [figures, troubleTexts(node)].map((texts) => texts.join(" \u00B7 "));
  return [nameOf(node), ...lines].filter(Boolean).join("<br/>");
}

/** The same on one line: Mermaid leaves no room for more above what lies in a block. */
const title = (told: PathGraph | PathNode, figures: readonly string[]): string =>
  [nameOf(told), ...figures, ...troubleTexts(told)].join(" \u00B7 ");

/** A dotted line was reasoned, or never taken. */
function edgeLine({ basis, from, times, to }: PathEdge): string {
  const arrow = basis === "order" || times === 0 ? "-.->" : "-->";
  const often = times === 1 ? "" : `|"${times === 0 ? "not taken" : `${times}\u00D7`}"|`;
  return `${from} ${arrow}${often} ${to}`;
}

/** Colours that can be read on light and on dark. */
const looks = {
  failed: "stroke:#b3261e,stroke-width:2px",
  suspended: "stroke:#8a5a00,stroke-width:2px,stroke-dasharray:5 3",
  unfinished: "stroke:#8a5a00,stroke-width:2px",
  unseen: "stroke:#8a8f94,color:#8a8f94,stroke-dasharray:2 3",
} as const;

function lookOf({ kind, status }: PathNode): keyof typeof looks | null {
  if (kind === "start" || kind === "end" || status === "ok") return null;
  if (status === null) return "unseen";
  if (status === "error") return "failed";
  return status === "suspended" ? "suspended" : "unfinished";
}

function classLines(graphs: readonly PathGraph[]): readonly string[] {
  const groups = Map.groupBy(
    graphs.flatMap(({ nodes }) => nodes),
    lookOf,
  );
  return [...groups].flatMap(([look, nodes]) =>
    look === null
      ? []
      : [`classDef ${look} ${looks[look]}`, `class ${nodes.map(({ id }) => id).join(",")} ${look}`],
  );
}
