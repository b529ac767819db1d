import { lastedText } from "../figures.ts";
import { countText } from "@spoor/core/report/text";
import type { PageSpan, Place } from "../../page-data.ts";
import { element } from "../element.ts";
import { spanOf } from "../model/selection.ts";
import type { AxisName } from "../state.ts";
import type { Surroundings, View } from "../views/view.ts";
import { lineOf } from "../visible-text.ts";
import { axisChoice } from "./axis-choice.ts";
import { type Bar, type TimelineLayout, timelineLayout, usualAxis } from "./layout.ts";
import { paint } from "./paint.ts";
import { createPicture } from "./picture.ts";
import { listenToPointer } from "./pointer.ts";
import { rowHeight, topHeight } from "./scene.ts";
import { fitting, moved, showing, type Sight, zoomed } from "./sight.ts";
import { createTip } from "./tip.ts";
import { contextTrack, type Track } from "./track.ts";

const near = 3;
const closer = 0.7;
const label = "Timeline. W and S zoom, A and D move, arrows go from span to span.";

/** For who cannot see the picture. */
const describe = (told: PageSpan | undefined): string =>
  told
    ? [told.kind, lineOf(told.name, 80), told.status, lastedText(told.start, told.end)].join(" ")
    : "";

/** What happened when, and beside what. Painted, because a session may have more bars than a page can have elements. */
export function timelineView({ model, actions }: Surroundings): View {
  const { spans } = model.data;
  const hasTimes = usualAxis(model) !== "order";
  let shown = inAxis(usualAxis(model));
  let sight: Sight = { from: 0, to: shown.layout.axis.length };
  let selected: Place | null = null;
  let found: ReadonlySet<Place> = new Set();

  const height = element("div", { "aria-hidden": "true" });
  const field = element("div", {
    class: "field",
    tabindex: 0,
    role: "application",
    "aria-label": label,
  });
  const { canvas, repaint } = createPicture(field, (context, sheet) => {
    paint(context, { model, ...shown, sight, ...sheet, top: field.scrollTop, selected, found });
  });
  const note = element("span", { class: "note" });
  const heard = element("p", { class: "heard", role: "status" });
  const axes = axisChoice(actions, hasTimes);
  const tip = createTip();
  field.append(canvas, height);

  function inAxis(name: AxisName): { readonly layout: TimelineLayout; readonly track: Track } {
    const layout = timelineLayout(model, name);
    return { layout, track: contextTrack(model, layout) };
  }

  const look = (next: Sight): void => {
    sight = next;
    repaint();
  };
  const width = (): number => sight.to - sight.from;
  const perPixel = (): number => width() / Math.max(1, canvas.clientWidth);
  const zoom = (factor: number, around: number): void => {
    look(zoomed(sight, shown.layout.axis.length, factor, around));
  };
  const pan = (by: number): void => {
    look(moved(sight, shown.layout.axis.length, by));
  };
  const fit = ({ from, to }: Bar): void => {
    look(fitting(shown.layout.axis.length, from, to));
  };
  const barOf = (span: Place | null): Bar | undefined =>
    span === null ? undefined : shown.layout.barOf.get(span);
  const barAt = (x: number, y: number): Bar | undefined => {
    const row = Math.floor((y - topHeight + field.scrollTop) / rowHeight);
    const [from, to] = [x - near, x + near].map((edge) => sight.from + edge * perPixel());
    const isHit = (bar: Bar): boolean =>
      bar.row === row && bar.from <= (to ?? 0) && bar.to >= (from ?? 0);
    return y < topHeight ? undefined : shown.layout.bars.findLast(isHit);
  };

  listenToPointer(canvas, {
    zoom: (factor, x) => {
      zoom(factor, sight.from + x * perPixel());
    },
    pan: (x) => {
      pan(x * perPixel());
    },
    drag(x, y) {
      field.scrollTop -= y;
      pan(-x * perPixel());
    },
    choose(x, y) {
      const bar = barAt(x, y);
      if (bar) actions.selectSpan(bar.span);
    },
    fit(x, y) {
      const bar = barAt(x, y);
      if (bar) fit(bar);
    },
    hover(x, y) {
      const bar = barAt(x, y);
      canvas.classList.toggle("over", bar !== undefined);
      tip.show(bar && spans[bar.span], x, y);
    },
    leave: tip.hide,
  });
  field.addEventListener("scroll", repaint, { passive: true });

  const select = (span: Place | undefined): void => {
    if (span !== undefined && spans[span]) actions.selectSpan(span);
  };
  const beside = (by: 1 | -1): void => {
    const here = barOf(selected);
    const row = shown.layout.bars
      .filter((bar) => bar.row === (here?.row ?? 0))
      .toSorted((left, right) => left.from - right.from);
    select(row[(here ? row.indexOf(here) : -1) + by]?.span);
  };
  const middle = (): number => (sight.from + sight.to) / 2;
  const keys: Readonly<Record<string, () => void>> = {
    w: () => zoom(closer, middle()),
    s: () => zoom(1 / closer, middle()),
    "+": () => zoom(closer, middle()),
    "-": () => zoom(1 / closer, middle()),
    a: () => pan(-width() / 5),
    d: () => pan(width() / 5),
    "0": () => look({ from: 0, to: shown.layout.axis.length }),
    f: () => {
      const here = barOf(selected);
      if (here) fit(here);
    },
    ArrowLeft: () => beside(-1),
    ArrowRight: () => beside(1),
    ArrowUp: () => select(spans[selected ?? -1]?.parent),
    ArrowDown: () => select(selected === null ? 0 : model.childrenOf(selected)[0]),
  };

  const reveal = (here: Bar): void => {
    sight = showing(sight, shown.layout.axis.length, here.from, here.to);
    const y = here.row * rowHeight;
    const room = field.clientHeight - topHeight - rowHeight;
    if (y < field.scrollTop || y > field.scrollTop + room) field.scrollTop = y - room / 2;
  };

  return {
    element: element(
      "div",
      { class: "timeline" },
      element(
        "div",
        { class: "toolbar" },
        element("span", { class: "title" }, "Timeline"),
        note,
        axes.element,
      ),
      element("div", { class: "stage" }, field, tip.element, heard),
    ),
    step: (by) => {
      select(selected === null ? 0 : selected + by);
    },
    press(key) {
      keys[key]?.();
      return key in keys;
    },
    draw(state, before) {
      if (shown.layout.name !== state.axis) {
        shown = inAxis(state.axis);
        sight = { from: 0, to: shown.layout.axis.length };
      }
      const { rows, untimed } = shown.layout;
      height.style.height = `${topHeight + rows * rowHeight + 12}px`;
      note.textContent = !hasTimes
        ? "this recording has no times"
        : untimed > 0
          ? `${countText(untimed, "span")} without a time`
          : "";
      axes.draw(state.axis);
      if (before?.found !== state.found) found = new Set(state.found);
      if (before?.selection !== state.selection) {
        selected = spanOf(model, state.selection);
        const here = barOf(selected);
        if (here) reveal(here);
        heard.textContent = describe(spans[selected ?? -1]);
      }
      repaint();
    },
  };
}
