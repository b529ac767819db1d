import { tokensText } from "@spoor/core/report/text";
import { rulerHeight, type Scene, topHeight, trackHeight, xOf } from "./scene.ts";

/** Above the lanes, so that a context that grows, or is cut, is seen at once. */
export function paintTrack(context: CanvasRenderingContext2D, scene: Scene): void {
  const { track, colours, width } = scene;
  const ground = rulerHeight + trackHeight;
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, topHeight - 4);
  if (track.most === 0) return;
  const columns = new Float64Array(Math.ceil(width) + 1);
  for (const { from, to, tokens } of track.points) {
    const left = Math.max(0, Math.floor(xOf(scene, from)));
    const right = Math.min(columns.length - 1, Math.max(left, Math.floor(xOf(scene, to)) - 1));
    for (let column = left; column <= right; column += 1)
      columns[column] = Math.max(columns[column] ?? 0, tokens);
  }
  const heightOf = (tokens: number): number => (tokens / track.most) * (trackHeight - 14);
  context.fillStyle = colours.accent;
  for (const [column, tokens] of columns.entries()) {
    if (tokens === 0) continue;
    const height = Math.max(1, heightOf(tokens));
    context.globalAlpha = 0.22;
    context.fillRect(column, ground - height, 1, height);
    context.globalAlpha = 1;
    context.fillRect(column, ground - height, 1, 1.5);
  }
  context.fillStyle = colours.line;
  context.fillRect(0, ground, width, 1);
  context.fillStyle = colours.dim;
  context.fillText(`tokens in, at most ${tokensText(track.most)}`, 0, rulerHeight + 9);
}
