import type { PathGraph, PathNode } from "@spoor/core/report/text";
import { empty, moved, stacked } from "./composing.ts";
import { layered } from "./layered.ts";
import { loopRoom, loopRoute, nodePicture } from "./node-picture.ts";
import { textOfGraph } from "./node-text.ts";
import type { Measure, Picture } from "./picture.ts";
import { sharesIn } from "./shares.ts";

/** Graphs below each other, and graphs in nodes within them. `widest`: what a layer of nodes may take. */
export function pictureOf(graphs: readonly PathGraph[], measure: Measure, widest: number): Picture {
  const inside = Map.groupBy(graphs, ({ within }) => within);

  /** What runs in a node; the only graph in it needs no caption, because the node says what it is. */
  const within = (node: PathNode): Picture => {
    const [only, ...others] = inside.get(node.id) ?? [];
    if (!only) return empty;
    return others.length === 0 ? drawn(only) : stacked([only, ...others].map(captioned));
  };

  const drawn = (graph: PathGraph): Picture => {
    const { edges } = graph;
    const nodes = graph.nodes.filter(({ kind, visits }) => kind !== "end" || visits > 0);
    const shareOf = sharesIn(nodes);
    const parts = nodes.map((node) => {
      const only = inside.get(node.id)?.length === 1 ? inside.get(node.id)?.[0] : undefined;
      const hasLoop = edges.some(({ from, to }) => from === node.id && to === node.id);
      const picture = nodePicture({ node, only, share: shareOf(node) }, within(node), measure);
      return { id: node.id, picture, aside: hasLoop ? loopRoom : 0 };
    });
    const items = parts.map(({ id, picture: { width, height }, aside }) => ({
      id,
      width: width + 2 * aside,
      height,
    }));
    const { placeOf, routes, width, height } = layered(items, edges, widest);
    const placed = parts.map(({ id, picture, aside }) => {
      const { x, y } = placeOf.get(id) ?? { x: 0, y: 0 };
      return moved(picture, { x: x + aside, y });
    });
    const loops = placed.flatMap(({ boxes: [box] }) =>
      edges
        .filter(({ from, to }) => from === to && from === box?.node.id)
        .map((edge) => ({ edge, points: box ? loopRoute(box) : [] })),
    );
    return {
      boxes: placed.flatMap(({ boxes }) => boxes),
      lines: [
        ...routes.map(({ link, points }) => ({ edge: link, points })),
        ...loops,
        ...placed.flatMap(({ lines }) => lines),
      ],
      captions: placed.flatMap(({ captions }) => captions),
      width,
      height,
    };
  };

  const captioned = (graph: PathGraph): Picture => {
    const picture = drawn(graph);
    const caption = { x: picture.width / 2, y: 0, text: textOfGraph(graph), status: graph.status };
    const { boxes, lines, captions, width, height } = moved(picture, { x: 0, y: captionHeight });
    return {
      boxes,
      lines,
      captions: [caption, ...captions],
      width,
      height: height + captionHeight,
    };
  };

  return stacked((inside.get(null) ?? []).map(captioned));
}

const captionHeight = 34;
