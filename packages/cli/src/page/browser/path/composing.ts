import type { Point } from "./placing.ts";
import type { Picture } from "./picture.ts";

export const empty: Picture = { boxes: [], lines: [], captions: [], width: 0, height: 0 };

const apart = 40;

/** Pictures below each other. */
export function stacked(pictures: readonly Picture[]): Picture {
  let top = 0;
  const placed = pictures.map((picture) => {
    const here = moved(picture, { x: 0, y: top });
    top += picture.height + apart;
    return here;
  });
  return {
    boxes: placed.flatMap(({ boxes }) => boxes),
    lines: placed.flatMap(({ lines }) => lines),
    captions: placed.flatMap(({ captions }) => captions),
    width: Math.max(0, ...pictures.map(({ width }) => width)),
    height: Math.max(0, top - apart),
  };
}

/** All of a picture somewhere else; it is as large as before. */
export function moved(picture: Picture, by: Point): Picture {
  const shift = <At extends Point>(at: At): At => ({ ...at, x: at.x + by.x, y: at.y + by.y });
  return {
    ...picture,
    boxes: picture.boxes.map(shift),
    lines: picture.lines.map((line) => ({ ...line, points: line.points.map(shift) })),
    captions: picture.captions.map(shift),
  };
}
