import { rulerHeight, type Scene, xOf } from "./scene.ts";
import { roundCount, roundTime, tickText } from "./ticks.ts";

const apart = 96;

/** Says how far from the beginning what is below it lies. */
export function paintRuler(context: CanvasRenderingContext2D, scene: Scene): void {
  const { sight, width, colours, layout } = scene;
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, rulerHeight);
  context.fillStyle = colours.line;
  context.fillRect(0, rulerHeight - 1, width, 1);
  const rough = ((sight.to - sight.from) / Math.max(1, width)) * apart;
  const isOrder = layout.name === "order";
  const step = isOrder ? roundCount(rough) : roundTime(rough);
  for (let at = Math.ceil(sight.from / step) * step; at <= sight.to; at += step) {
    const x = xOf(scene, at);
    context.fillStyle = colours.line;
    context.fillRect(x, rulerHeight - 6, 1, 5);
    context.fillStyle = colours.dim;
    const text = isOrder ? String(at) : tickText(at);
    context.fillText(text, placeOf(x, context.measureText(text).width, width), 10);
  }
}

/** Right of its tick; left of the last one, where there is no room for it. */
function placeOf(x: number, wide: number, width: number): number {
  if (x === 0) return 0;
  return x + 4 + wide > width ? x - 4 - wide : x + 4;
}
