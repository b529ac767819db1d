/** What a pointer does on the timeline. Lengths are in pixels. */
export interface Pointing {
  readonly zoom: (factor: number, x: number) => void;
  readonly pan: (x: number) => void;
  /** Moves what is grabbed with the pointer. */
  readonly drag: (x: number, y: number) => void;
  readonly choose: (x: number, y: number) => void;
  /** A second click. */
  readonly fit: (x: number, y: number) => void;
  readonly hover: (x: number, y: number) => void;
  readonly leave: () => void;
}

/** So far a pointer may move and still mean a click. */
const still = 3;

/** The wheel zooms where the pointer is, sideways or with Shift it moves along; dragging moves, a click chooses. */
export function listenToPointer(canvas: HTMLCanvasElement, pointing: Pointing): void {
  let grabbed: { readonly x: number; readonly y: number } | null = null;
  let hasMoved = false;

  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const { deltaX, deltaY, shiftKey, offsetX } = event;
      const sideways = shiftKey ? deltaX || deltaY : deltaX;
      if (shiftKey || Math.abs(deltaX) > Math.abs(deltaY)) pointing.pan(sideways);
      else pointing.zoom(Math.exp(Math.max(-0.5, Math.min(0.5, deltaY / 400))), offsetX);
    },
    { passive: false },
  );
  canvas.addEventListener("pointerdown", ({ offsetX: x, offsetY: y, pointerId }) => {
    grabbed = { x, y };
    hasMoved = false;
    canvas.setPointerCapture(pointerId);
  });
  canvas.addEventListener("pointermove", ({ offsetX: x, offsetY: y }) => {
    if (!grabbed) {
      pointing.hover(x, y);
      return;
    }
    const [dx, dy] = [x - grabbed.x, y - grabbed.y];
    hasMoved ||= Math.abs(dx) + Math.abs(dy) > still;
    if (!hasMoved) return;
    grabbed = { x, y };
    pointing.leave();
    pointing.drag(dx, dy);
  });
  canvas.addEventListener("pointerup", ({ offsetX, offsetY }) => {
    grabbed = null;
    if (!hasMoved) pointing.choose(offsetX, offsetY);
  });
  canvas.addEventListener("pointerleave", pointing.leave);
  canvas.addEventListener("dblclick", ({ offsetX, offsetY }) => {
    pointing.fit(offsetX, offsetY);
  });
}
