import type { Point } from "./placing.ts";

/** A path through points: straight where they stand above each other, else a curve that leaves and arrives upright. */
export function curveThrough([first, ...others]: readonly Point[]): string {
  if (!first) return "";
  let { x, y } = first;
  const steps = others.map((to) => {
    const middle = (y + to.y) / 2;
    const step =
      to.x === x ? `V${at(to.y)}` : `C${[x, middle, to.x, middle, to.x, to.y].map(at).join(" ")}`;
    ({ x, y } = to);
    return step;
  });
  return `M${at(first.x)} ${at(first.y)}${steps.join("")}`;
}

/** Out of a box and back into it. */
export function loopThrough(points: readonly Point[]): string {
  const [from, ...others] = points.map(({ x, y }) => `${at(x)} ${at(y)}`);
  return `M${from}C${others.join(" ")}`;
}

/** A point on a curve that leaves and arrives upright, so much (0 to 1) along it. */
export function along(from: Point, to: Point, part: number): Point {
  const rest = 1 - part;
  const bend = 3 * rest * part;
  const middle = (from.y + to.y) / 2;
  return {
    x: (rest ** 3 + bend * rest) * from.x + (part ** 3 + bend * part) * to.x,
    y: rest ** 3 * from.y + bend * middle + part ** 3 * to.y,
  };
}

const headSize = 7;

/** The head of the arrow at the end of a path, which arrives upright, or from the side. */
export function headOf(points: readonly Point[]): string {
  const tip = points.at(-1);
  const before = points.findLast(({ x, y }) => x !== tip?.x || y !== tip.y);
  if (!tip || !before) return "";
  const [alongX, alongY] =
    before.y === tip.y ? [Math.sign(tip.x - before.x), 0] : [0, Math.sign(tip.y - before.y)];
  const [x, y] = [tip.x - alongX * headSize, tip.y - alongY * headSize];
  const wing = headSize / 2;
  const corners = [
    [tip.x, tip.y],
    [x + alongY * wing, y + alongX * wing],
    [x - alongY * wing, y - alongX * wing],
  ];
  return `M${corners.map((corner) => corner.map(at).join(" ")).join("L")}Z`;
}

const at = (value: number): string => String(Math.round(value * 10) / 10);
