import { setAttributes } from "./element.ts";

/** Makes an element of a picture. Text goes in as text. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Parameters<typeof setAttributes>[1] = {},
  ...children: readonly (Node | string | null)[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  setAttributes(made, attributes);
  made.append(...children.filter((child) => child !== null));
  return made;
}
