import type { Measure } from "./picture.ts";

const fonts = { name: "600 13px", figures: "400 11.5px" } as const;

/** How wide texts are in the font that an element has. */
export function measureIn(target: HTMLElement): Measure {
  const context = document.createElement("canvas").getContext("2d");
  const { fontFamily } = getComputedStyle(target);
  return (text, style) => {
    if (!context) return text.length * 7;
    context.font = `${fonts[style]} ${fontFamily}`;
    return context.measureText(text).width;
  };
}
