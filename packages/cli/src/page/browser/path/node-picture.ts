import type { PathGraph, PathNode } from "@spoor/core/report/text";
import { empty, moved } from "./composing.ts";
import type { Point } from "./placing.ts";
import { textOfNode } from "./node-text.ts";
import type { Box, Measure, Picture } from "./picture.ts";

export const padding = 10;
export const nameHeight = 18;
export const lineHeight = 15;
/** Beside a node with a way from it to itself, on either side, so that it stands in the middle. */
export const loopRoom = 30;

const narrowest = 92;
const dot = 16;
const inset = 14;
const signWidth = 15;

/** What a node is drawn from. `only`: the one graph that runs in it. */
interface Told {
  readonly node: PathNode;
  readonly only: PathGraph | undefined;
  readonly share: number | null;
}

/** A node with what runs in it; its own box comes first. */
export function nodePicture(
  { node, only, share }: Told,
  inner: Picture,
  measure: Measure,
): Picture {
  const text = textOfNode(node, only);
  const place = { x: 0, y: 0, node, text, share };
  if (node.kind === "start" || node.kind === "end")
    return { ...empty, boxes: [{ ...place, width: dot, height: dot }], width: dot, height: dot };
  const lines = [...text.lines, ...(text.trouble === "" ? [] : [text.trouble])];
  const widths = [
    measure(text.name, "name") + signWidth,
    ...lines.map((line) => measure(line, "figures")),
  ];
  const own = Math.max(narrowest, Math.ceil(Math.max(...widths)) + 2 * padding + 4);
  const hasInner = inner.boxes.length > 0;
  const width = Math.max(own, hasInner ? inner.width + 2 * inset : 0);
  const header = 2 * padding + nameHeight + lineHeight * lines.length;
  const height = header + (hasInner ? inner.height + 1.5 * inset : 0);
  const within = moved(inner, { x: (width - inner.width) / 2, y: header + inset / 2 });
  return { ...within, boxes: [{ ...place, width, height }, ...within.boxes], width, height };
}

/** To the right of a box, out of it and back into it. */
export function loopRoute({ x, y, width, height }: Box): readonly Point[] {
  const [near, far] = [x + width, x + width + loopRoom - 6];
  const middle = y + Math.min(height, 56) / 2;
  return [
    { x: near, y: middle - 8 },
    { x: far, y: middle - 8 },
    { x: far, y: middle + 8 },
    { x: near, y: middle + 8 },
  ];
}
