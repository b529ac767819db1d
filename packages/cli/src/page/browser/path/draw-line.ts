import { svg } from "../svg.ts";
import { along, curveThrough, headOf, loopThrough } from "./curve.ts";
import type { Point } from "./placing.ts";
import type { Line } from "./picture.ts";

/** A way from node to node: the thicker, the more often it was taken. */
export function drawLine({ edge, points }: Line, description: string): SVGElement {
  const { basis, from, times, to } = edge;
  const drawn = svg(
    "g",
    { class: `way ${basis}${times === 0 ? " not-taken" : ""}` },
    svg("title", {}, description),
  );
  const path = from === to ? loopThrough(points) : curveThrough(points);
  const thickness = 1.25 + Math.min(2.5, Math.log2(Math.max(1, times)) * 0.5);
  drawn.append(
    svg("path", { class: "line", d: path, "stroke-width": thickness.toFixed(2) }),
    svg("path", { class: "head", d: headOf(points) }),
  );
  if (times > 1) drawn.append(often(`${times}\u00D7`, points, from === to));
  return drawn;
}

/** Beside the line, at its lower end, where lines that ran together have parted: on the left where it leads down, on the right where it leads up. */
function often(text: string, points: readonly Point[], isLoop: boolean): SVGElement {
  const isUp = (points.at(-1)?.y ?? 0) < (points[0]?.y ?? 0);
  const [from, to] = isLoop ? points.slice(1, 3) : isUp ? points.slice(0, 2) : points.slice(-2);
  const { x, y } = from && to ? along(from, to, isLoop ? 0.5 : isUp ? 0.25 : 0.7) : { x: 0, y: 0 };
  const isRight = isLoop || isUp;
  return svg(
    "text",
    {
      class: "often",
      x: Math.round(x) + (isRight ? 6 : -6),
      y: Math.round(y) + 4,
      "text-anchor": isRight ? "start" : "end",
    },
    text,
  );
}
