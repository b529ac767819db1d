import type { PathEdge } from "@spoor/core/report/text";
import { svg } from "../svg.ts";
import { lineOf } from "../visible-text.ts";
import { signOf } from "../views/marks-of-kind.ts";
import { drawLine } from "./draw-line.ts";
import { lineHeight, nameHeight, padding } from "./node-picture.ts";
import type { Box, Caption, Picture } from "./picture.ts";

/** A picture on the page. Its nodes say which they are, as `data-node`. */
export interface Drawing {
  readonly element: SVGSVGElement;
  /** Marks a node and the lines that lead to it and away from it. */
  readonly mark: (node: string | null) => void;
}

export const margin = 14;

export function draw(picture: Picture, describe: (edge: PathEdge) => string): Drawing {
  const [width, height] = [picture.width + 2 * margin, picture.height + 2 * margin];
  const nodes = new Map<string, SVGElement>();
  const boxes = picture.boxes.map((box) => {
    const drawn = drawBox(box);
    nodes.set(box.node.id, drawn);
    return drawn;
  });
  const lines = picture.lines.map((line) => ({ line, drawn: drawLine(line, describe(line.edge)) }));
  const element = svg(
    "svg",
    {
      width,
      height,
      viewBox: `${-margin} ${-margin} ${width} ${height}`,
      "aria-hidden": "true",
    },
    ...picture.captions.map(drawCaption),
    ...boxes,
    ...lines.map(({ drawn }) => drawn),
  );
  return {
    element,
    mark(node) {
      for (const [id, drawn] of nodes) drawn.classList.toggle("marked", id === node);
      for (const { line, drawn } of lines) {
        const { from, to } = line.edge;
        drawn.classList.toggle("marked", node !== null && (from === node || to === node));
      }
    },
  };
}

function drawBox({ node, text, x, y, width, height, share }: Box): SVGElement {
  const place = `translate(${Math.round(x)} ${Math.round(y)})`;
  if (node.kind === "start" || node.kind === "end") {
    const ring = svg("circle", { class: "ring", cx: width / 2, cy: height / 2, r: width / 2 - 1 });
    const core = svg("circle", {
      class: "core",
      cx: width / 2,
      cy: height / 2,
      r: width / 2 - 4.5,
    });
    return svg(
      "g",
      { class: `dot ${node.kind}`, transform: place },
      svg("title", {}, node.kind),
      ring,
      core,
    );
  }
  const lines = [...text.lines, ...(text.trouble === "" ? [] : [text.trouble])];
  const bar =
    share === null || share <= 0
      ? null
      : svg("rect", {
          class: "share",
          x: padding,
          y: padding + nameHeight + lineHeight * lines.length + 3,
          height: 2,
          rx: 1,
          width: Math.max(2, (width - 2 * padding) * share),
        });
  return svg(
    "g",
    {
      class: `node ${node.kind} ${node.status ?? "unseen"}`,
      transform: place,
      "data-node": node.id,
    },
    svg("title", {}, lineOf(node.name)),
    svg("rect", { class: "box", width, height, rx: node.kind === "model" ? 14 : 5 }),
    svg("text", { class: "sign", x: padding, y: padding + 13 }, signOf(node.kind)),
    svg("text", { class: "name", x: padding + 15, y: padding + 13 }, text.name),
    ...lines.map((line, index) =>
      svg(
        "text",
        {
          class: line === text.trouble ? "trouble" : "figures",
          x: padding,
          y: padding + nameHeight + lineHeight * index + 11,
        },
        line,
      ),
    ),
    bar,
  );
}

/** What a graph is called, and what all its runs come to. */
function drawCaption({ status, text, x, y }: Caption): SVGElement {
  return svg(
    "g",
    { class: `caption ${status}`, transform: `translate(${Math.round(x)} ${Math.round(y)})` },
    svg(
      "text",
      { y: 13, "text-anchor": "middle" },
      svg("tspan", { class: "name" }, text.name),
      svg("tspan", { class: "figures", dx: 10 }, ...text.lines),
      svg("tspan", { class: "trouble", dx: 10 }, text.trouble),
    ),
  );
}
