import type { Box } from "./picture.ts";

export type Direction = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";

const steps: Readonly<Record<Direction, readonly [x: number, y: number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The node that somebody means who goes from one in a direction: near in it, and not far aside. Null: there is none. */
export function nearest(boxes: readonly Box[], from: Box, direction: Direction): Box | null {
  const [alongX, alongY] = steps[direction];
  const [x, y] = headOf(from);
  let found: Box | null = null;
  let least = Infinity;
  for (const box of boxes) {
    const [toX, toY] = headOf(box);
    const ahead = (toX - x) * alongX + (toY - y) * alongY;
    const aside = Math.abs((toX - x) * alongY) + Math.abs((toY - y) * alongX);
    const far = ahead + aside * 2;
    if (box === from || ahead <= 1 || far >= least) continue;
    least = far;
    found = box;
  }
  return found;
}

/** Of a node with others in it, where its own name stands. */
const headOf = ({ x, y, width, height }: Box): readonly [x: number, y: number] => [
  x + width / 2,
  y + Math.min(height, 50) / 2,
];
