import { inputOf, tokensText } from "@spoor/core/report/text";
import type { PageTurn } from "../../page-data.ts";
import { element, span } from "../element.ts";
import type { State } from "../state.ts";
import { type Colours, coloursOf, watchTheme } from "../timeline/colours.ts";
import { paidText } from "./costs.ts";
import type { Surroundings, View } from "./view.ts";

/** With fewer turns, the list of them says it all. */
const fewestTurns = 16;
const height = 52;
const widest = 14;

/** A long session in one strip: a bar a turn for its tokens, with a sign where something failed or was compacted. Null for a short one. */
export function overviewView({ model, actions }: Surroundings): View | null {
  const { turns } = model.data;
  if (turns.length < fewestTurns) return null;
  const tokens = turns.map(({ usage }) => inputOf(usage));
  const most = tokens.reduce<number>((most, input) => Math.max(most, input ?? 0), 1);
  const canvas = element("canvas", { "aria-hidden": "true" });
  const strip = element("div", { class: "strip" }, canvas);
  let colours: Colours | null = null;
  let selected: number | null = null;

  const widthOf = (): number => Math.min(widest, strip.clientWidth / turns.length);
  const turnAt = (x: number): number =>
    Math.min(turns.length - 1, Math.max(0, Math.floor(x / widthOf())));

  const repaint = (): void => {
    const ratio = devicePixelRatio;
    canvas.width = strip.clientWidth * ratio;
    canvas.height = height * ratio;
    canvas.style.width = `${strip.clientWidth}px`;
    canvas.style.height = `${height}px`;
    const context = canvas.getContext("2d");
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    colours ??= coloursOf(strip);
    for (const [index, turn] of turns.entries()) paintTurn(context, colours, turn, index);
  };

  function paintTurn(
    context: CanvasRenderingContext2D,
    shades: Colours,
    turn: PageTurn,
    index: number,
  ): void {
    const width = widthOf();
    const x = index * width;
    const gap = width > 3 ? 1 : 0;
    if (index === selected) {
      context.fillStyle = shades.ink;
      context.fillRect(x + width / 2 - 1, height - 4, Math.max(2, Math.min(width, 4)), 4);
    }
    const bar = ((tokens[index] ?? 0) / most) * (height - 16);
    context.fillStyle = shades.accent;
    context.globalAlpha = index === selected ? 1 : 0.45;
    context.fillRect(x, height - 6 - bar, Math.max(1, width - gap), bar);
    context.globalAlpha = 1;
    if (turn.errors === 0 && turn.compactions === 0) return;
    context.fillStyle = turn.errors > 0 ? shades.error : shades.warning;
    context.fillRect(x, 0, Math.max(1.5, width - gap), turn.errors > 0 ? 5 : 9);
  }

  const choose = ({ offsetX }: MouseEvent): void => actions.selectTurn(turnAt(offsetX));
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    choose(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons > 0) choose(event);
    const index = turnAt(event.offsetX);
    const turn = turns[index];
    canvas.title = turn
      ? `turn ${index}  ${tokensText(tokens[index])} in  ${paidText(turn.cost, !turn.usageGrowing)}`
      : "";
  });
  new ResizeObserver(repaint).observe(strip);
  watchTheme(() => {
    colours = null;
    repaint();
  });

  return {
    element: element("div", { class: "overview" }, strip, legend(turns)),
    draw(state: State, before) {
      if (before && before.selection.turn === state.selection.turn) return;
      selected = state.selection.turn;
      repaint();
    },
  };
}

/** What the strip shows; of its signs, those that are there. */
function legend(turns: readonly PageTurn[]): HTMLElement {
  const signs = [
    ...(turns.some(({ errors }) => errors > 0) ? [span("failed", "errors")] : []),
    ...(turns.some(({ errors, compactions }) => errors === 0 && compactions > 0)
      ? [span("compacted", "compacted")]
      : []),
  ];
  const bars = turns.some(({ usage }) => inputOf(usage)) ? [span("", "tokens in")] : [];
  return element("p", { class: "legend" }, ...bars, ...signs);
}
