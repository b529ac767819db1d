import { countText } from "@spoor/core/report/text";
import { element } from "../element.ts";
import { emptyState } from "../views/empty-state.ts";
import type { Surroundings, View } from "../views/view.ts";
import type { State } from "../state.ts";
import { margin } from "./draw.ts";
import { measureIn } from "./measure.ts";
import { type Direction, nearest } from "./nearest.ts";
import { pathScene, type PathScene, type Visited } from "./path-scene.ts";
import type { Box } from "./picture.ts";
import { scopeChoice } from "./scope-choice.ts";

const label =
  "Path. Arrows go from node to node, Enter from visit to visit, T between this turn and all turns.";
const narrowest = 420;
/** For lines that pass beside nodes. */
const roomBeside = 90;

/** The path really taken: what ran, how often, how long and at what price, and how it went from one to the next. */
export function pathView({ model, actions }: Surroundings): View {
  const { spans, turns, leftOut } = model.data;
  const placeOf = new Map(spans.map(({ id }, place) => [id, place]));
  let isWhole = false;
  let state: State | null = null;
  let scene: PathScene | null = null;
  let here: Visited | null = null;
  let width = 0;

  const heard = element("p", { class: "heard", role: "status" });
  const note = element("span", { class: "note" });
  const field = element("div", {
    class: "sheet",
    tabindex: 0,
    role: "application",
    "aria-label": label,
  });
  const show = (whole: boolean): void => {
    isWhole = whole;
    if (state) redraw(state);
  };
  const scope = scopeChoice(show);

  const visit = (box: Box | undefined | null, index: number): void => {
    const ids = box?.node.spans ?? [];
    const place = placeOf.get(ids.at(index % Math.max(1, ids.length)) ?? "");
    if (place !== undefined) actions.selectSpan(place);
  };
  const again = (box: Box | undefined): void => {
    visit(box, here?.box === box && here ? here.index + 1 : 0);
  };
  const step = (by: number): void => {
    const boxes = scene?.boxes ?? [];
    const at = here ? boxes.indexOf(here.box) : by > 0 ? -1 : boxes.length;
    visit(boxes[at + by], 0);
  };
  const go = (direction: Direction): void => {
    if (here && scene) visit(nearest(scene.boxes, here.box, direction), 0);
    else step(1);
  };

  field.addEventListener("click", ({ target }) => {
    const chosen = target instanceof Element ? target.closest("[data-node]") : null;
    again(scene?.boxes.find(({ node }) => node.id === chosen?.getAttribute("data-node")));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (here) again(here.box);
    else step(1);
  });
  new ResizeObserver(() => {
    if (state && field.clientWidth > 0 && field.clientWidth !== width) redraw(state);
  }).observe(field);

  const redraw = (next: State): void => {
    const turn = isWhole || turns.length < 2 ? null : next.selection.turn;
    if (scene?.turn !== turn || scene === null || width !== field.clientWidth) {
      width = field.clientWidth;
      const widest = Math.max(narrowest, width - roomBeside);
      scene = pathScene(model, turn, { measure: measureIn(field), widest });
      field.replaceChildren(
        scene.picture.boxes.length > 0
          ? scene.drawing.element
          : emptyState("No path to show", "Nothing is known to have run here."),
      );
      field.scrollTo(Math.max(0, (scene.picture.boxes[0]?.x ?? 0) - width / 2), 0);
    }
    here = scene.visitAt(next.selection.span);
    scene.drawing.mark(here?.box.node.id ?? null);
    scope.draw(turn === null);
    const words = here === null ? "" : visitText(here);
    note.textContent = noteOn(scene, words, leftOut.spans > 0);
    heard.textContent = words;
    if (here) reveal(here.box);
  };

  const reveal = ({ x, y, width: across, height }: Box): void => {
    const seen = Math.min(height, field.clientHeight / 2);
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = field;
    if (y < scrollTop || y + seen > scrollTop + clientHeight - 2 * margin)
      field.scrollTop = y - clientHeight / 3;
    if (x < scrollLeft || x + Math.min(across, clientWidth / 2) > scrollLeft + clientWidth)
      field.scrollLeft = x - clientWidth / 3;
  };

  const keys: Readonly<Record<string, () => void>> = {
    ArrowUp: () => go("ArrowUp"),
    ArrowDown: () => go("ArrowDown"),
    ArrowLeft: () => go("ArrowLeft"),
    ArrowRight: () => go("ArrowRight"),
    t: () => show(!isWhole),
  };

  return {
    element: element(
      "div",
      { class: "path" },
      element(
        "div",
        { class: "toolbar" },
        element("span", { class: "title" }, "Path"),
        note,
        turns.length < 2 ? null : scope.element,
      ),
      field,
      heard,
    ),
    step,
    press(key) {
      keys[key]?.();
      return key in keys;
    },
    draw(next, before) {
      state = next;
      if (before?.selection !== next.selection) redraw(next);
    },
  };
}

/** Which visit of which node is selected. */
function visitText({ box, index }: Visited): string {
  const { node, text } = box;
  const figures = [...text.lines, text.trouble].filter(Boolean).join(", ");
  return `${text.name}, ${figures}, visit ${index + 1} of ${node.spans.length}`;
}

/** What is selected, else what the picture says beside words; and that it is not whole. */
function noteOn(
  { hasReasoned, leftOut, picture }: PathScene,
  words: string,
  isCut: boolean,
): string {
  const hasShares = picture.boxes.some(({ share }) => share !== null);
  const legend = [
    ...(hasShares ? ["bar: share of the cost, else of the time"] : []),
    ...(hasReasoned ? ["dotted: by order in time"] : []),
  ];
  const notes = [
    ...(words === "" ? legend : [words]),
    ...(leftOut > 0 ? [`without the ${countText(leftOut, "node")} visited least`] : []),
    ...(isCut ? ["of what is on this page"] : []),
  ];
  return notes.join("  \u00B7  ");
}
