import { countText, type PathEdge, type PathGraph } from "@spoor/core/report/text";
import type { Place } from "../../page-data.ts";
import type { SessionModel } from "../model/session-model.ts";
import { lineOf } from "../visible-text.ts";
import { draw, type Drawing } from "./draw.ts";
import { mostVisited } from "./most-visited.ts";
import { pathShown } from "./page-path.ts";
import { pictureOf } from "./path-picture.ts";
import type { Box, Measure, Picture } from "./picture.ts";

/** A path that is on the page, and where spans stand in it. */
export interface PathScene {
  /** Null: of all turns. */
  readonly turn: number | null;
  readonly picture: Picture;
  readonly drawing: Drawing;
  /** Those that can be chosen, in the order in which they first ran. */
  readonly boxes: readonly Box[];
  readonly hasReasoned: boolean;
  /** How many nodes are not drawn, because there are too many to look at. */
  readonly leftOut: number;
  /** The innermost visit that a span lies in; null: it lies in none. */
  readonly visitAt: (span: Place | null) => Visited | null;
}

/** A visit of a node. */
export interface Visited {
  readonly box: Box;
  /** From 0. */
  readonly index: number;
}

/** In one graph. */
const mostNodes = 150;

export function pathScene(
  model: SessionModel,
  turn: number | null,
  { measure, widest }: { readonly measure: Measure; readonly widest: number },
): PathScene {
  const { spans } = model.data;
  const all = pathShown(model, turn);
  const graphs = mostVisited(all, mostNodes);
  const picture = pictureOf(graphs, measure, widest);
  const boxes = picture.boxes.filter(({ node }) => node.spans.length > 0);
  const visits = new Map<string, Visited>();
  for (const box of boxes)
    for (const [index, id] of box.node.spans.entries()) visits.set(id, { box, index });
  return {
    turn,
    picture,
    drawing: draw(picture, wordsFor(graphs)),
    boxes,
    leftOut: nodesIn(all) - nodesIn(graphs),
    hasReasoned: graphs.some(({ edges }) => edges.some(({ basis }) => basis === "order")),
    visitAt(span) {
      const seen = new Set<Place>();
      for (let at = span ?? undefined; at !== undefined && !seen.has(at); at = spans[at]?.parent) {
        seen.add(at);
        const visit = visits.get(spans[at]?.id ?? "");
        if (visit) return visit;
      }
      return null;
    },
  };
}

const nodesIn = (graphs: readonly PathGraph[]): number =>
  graphs.reduce((sum, { nodes }) => sum + nodes.length, 0);

/** What a line says to who asks. */
function wordsFor(graphs: readonly PathGraph[]): (edge: PathEdge) => string {
  const names = new Map(
    graphs.flatMap(({ nodes }) => nodes.map(({ id, name }) => [id, lineOf(name, 60)])),
  );
  return ({ basis, from, times, to }) => {
    const often = times === 0 ? "chosen, and not seen" : countText(times, "time");
    const reasoned = basis === "order" ? ", by order in time" : "";
    return `${names.get(from)} \u2192 ${names.get(to)}: ${often}${reasoned}`;
  };
}
