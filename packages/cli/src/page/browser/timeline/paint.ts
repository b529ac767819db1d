import { lineOf } from "../visible-text.ts";
import { barColour } from "./colours.ts";
import type { Bar } from "./layout.ts";
import { paintRuler } from "./paint-ruler.ts";
import { rowHeight, type Scene, topHeight, xOf, yOf } from "./scene.ts";
import { paintTrack } from "./paint-track.ts";

const barHeight = 16;
const narrowest = 2;

/** Everything, from the ground up. Work: one step a bar, and nothing for what cannot be seen. */
export function paint(context: CanvasRenderingContext2D, scene: Scene): void {
  const { width, height, colours, layout } = scene;
  context.clearRect(0, 0, width, height);
  context.font = `11px ${colours.font}`;
  context.textBaseline = "middle";
  paintFolds(context, scene);
  paintLanes(context, scene);
  const painted = new Map<number, number>();
  for (const bar of layout.bars) paintBar(context, scene, bar, painted);
  paintFlow(context, scene);
  paintTrack(context, scene);
  paintRuler(context, scene);
}

function paintBar(
  context: CanvasRenderingContext2D,
  scene: Scene,
  bar: Bar,
  painted: Map<number, number>,
): void {
  const { model, colours, selected, found } = scene;
  const y = yOf(scene, bar.row);
  if (y < topHeight - rowHeight || y > scene.height) return;
  const left = xOf(scene, bar.from);
  const right = Math.max(left + narrowest, xOf(scene, bar.to));
  if (right < 0 || left > scene.width) return;
  const told = model.data.spans[bar.span];
  if (!told) return;
  const isMarked = bar.span === selected || found.has(bar.span) || told.error !== undefined;
  if (!isMarked && right <= (painted.get(bar.row) ?? -1)) return;
  painted.set(bar.row, right);
  const [x, wide] = [Math.max(-4, left), Math.min(scene.width + 4, right) - Math.max(-4, left)];
  const gap = wide > 4 ? 1 : 0;
  context.fillStyle = barColour(told, colours);
  context.globalAlpha = found.size > 0 && !found.has(bar.span) ? 0.3 : 1;
  context.beginPath();
  context.roundRect(x, y, wide - gap, barHeight, wide > 6 ? 3 : 0);
  context.fill();
  if (bar.isOpen) paintOpenEnd(context, scene, x + wide - gap, y);
  if (wide > 34) paintLabel(context, scene, bar, { x: Math.max(x, 0) + 6, y, wide: wide - 10 });
  context.globalAlpha = 1;
  if (bar.span !== selected) return;
  context.strokeStyle = colours.ink;
  context.lineWidth = 2;
  context.beginPath();
  context.roundRect(x - 1, y - 1, wide - gap + 2, barHeight + 2, 4);
  context.stroke();
}

/** Nobody saw it end: its edge is torn. */
function paintOpenEnd(
  context: CanvasRenderingContext2D,
  { colours }: Scene,
  x: number,
  y: number,
): void {
  context.fillStyle = colours.ground;
  for (let step = 0; step < 4; step += 1) {
    context.beginPath();
    context.moveTo(x + 1, y + step * 4);
    context.lineTo(x - 4, y + step * 4 + 2);
    context.lineTo(x + 1, y + step * 4 + 4);
    context.fill();
  }
}

const characterWidth = 6;

function paintLabel(
  context: CanvasRenderingContext2D,
  { model, colours }: Scene,
  { span }: Bar,
  { x, y, wide }: { readonly x: number; readonly y: number; readonly wide: number },
): void {
  const told = model.data.spans[span];
  if (!told) return;
  const name = told.kind === "turn" && told.turn !== undefined ? `turn ${told.turn}` : told.name;
  const text = lineOf(name, 120);
  const room = Math.floor(wide / characterWidth);
  const isStrong = told.kind === "model" || told.error !== undefined;
  context.fillStyle = isStrong ? colours["on-accent"] : colours.ink;
  context.fillText(
    text.length > room ? `${text.slice(0, Math.max(1, room - 1))}\u2026` : text,
    x,
    y + 8.5,
  );
}

function paintLanes(context: CanvasRenderingContext2D, scene: Scene): void {
  const { layout, colours, width } = scene;
  if (layout.lanes.length < 2) return;
  for (const { name, firstRow } of layout.lanes) {
    const y = yOf(scene, firstRow) - rowHeight / 2 - 1;
    context.fillStyle = colours.line;
    context.fillRect(0, y, width, 1);
    const label = lineOf(name, 60);
    context.fillStyle = colours.ground;
    context.fillRect(0, y - 8, label.length * characterWidth + 14, 16);
    context.fillStyle = colours.dim;
    context.fillText(label, 4, y);
  }
}

function paintFolds(context: CanvasRenderingContext2D, scene: Scene): void {
  const { layout, colours, height, width } = scene;
  for (const { from, to } of layout.axis.folds) {
    const left = xOf(scene, from);
    const right = Math.max(left + narrowest, xOf(scene, to));
    if (right < 0 || left > width) continue;
    context.fillStyle = colours.fold;
    context.fillRect(left, topHeight, right - left, height);
  }
}

/** From what caused the selected span to where that begins; thinner, to what the span caused itself. */
function paintFlow(context: CanvasRenderingContext2D, scene: Scene): void {
  const { model, selected, layout } = scene;
  const bar = selected === null ? undefined : layout.barOf.get(selected);
  if (selected === null || !bar) return;
  const { cause } = model.data.spans[selected] ?? {};
  const asked = typeof cause === "number" ? layout.barOf.get(cause) : undefined;
  if (asked) paintArrow(context, scene, asked, bar, 2);
  for (const effect of model.effectsOf(selected).slice(0, 50)) {
    const caused = layout.barOf.get(effect);
    if (caused) paintArrow(context, scene, bar, caused, 1);
  }
}

/** Closer together, there is no room to tell one end from the other. */
const shortestArrow = 14;

function paintArrow(
  context: CanvasRenderingContext2D,
  scene: Scene,
  from: Bar,
  to: Bar,
  weight: number,
): void {
  const [x0, y0] = [xOf(scene, from.to), yOf(scene, from.row) + barHeight / 2];
  const [x1, y1] = [xOf(scene, to.from), yOf(scene, to.row) + barHeight / 2];
  const distance = Math.abs(x1 - x0) + Math.abs(y1 - y0);
  if (distance < shortestArrow) return;
  const bend = Math.min(80, distance / 2);
  context.strokeStyle = scene.colours.ink;
  context.fillStyle = scene.colours.ink;
  context.lineWidth = weight;
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1 - 4, y1);
  context.stroke();
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x1 - 6, y1 - 4);
  context.lineTo(x1 - 6, y1 + 4);
  context.fill();
}
