import { element } from "../element.ts";
import { type Colours, coloursOf, watchTheme } from "./colours.ts";

/** A canvas that fills a field which scrolls below it. Painted at most once a frame, and again when its size or the reader's theme changes. */
export interface Picture {
  readonly canvas: HTMLCanvasElement;
  readonly repaint: () => void;
}

/** What a painter is told beyond what it knows. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly colours: Colours;
}

export function createPicture(
  field: HTMLElement,
  paint: (context: CanvasRenderingContext2D, sheet: Sheet) => void,
): Picture {
  const canvas = element("canvas", { "aria-hidden": "true" });
  let colours: Colours | null = null;
  let isDue = false;

  const paintNow = (): void => {
    isDue = false;
    const { clientWidth: width, clientHeight: height } = field;
    const ratio = devicePixelRatio;
    if (
      canvas.width !== Math.round(width * ratio) ||
      canvas.height !== Math.round(height * ratio)
    ) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    const context = canvas.getContext("2d");
    if (!context || width === 0) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(context, { width, height, colours: (colours ??= coloursOf(field)) });
  };

  const repaint = (): void => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(paintNow);
  };

  new ResizeObserver(repaint).observe(field);
  watchTheme(() => {
    colours = null;
    repaint();
  });
  return { canvas, repaint };
}
