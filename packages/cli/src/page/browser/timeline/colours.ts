import type { PageSpan } from "../../page-data.ts";

const names = [
  "ink",
  "dim",
  "line",
  "ground",
  "accent",
  "on-accent",
  "error",
  "warning",
  "fold",
  "bar-tool",
  "bar-work",
] as const;

/** The colours of the page's style sheet, for what is painted and not laid out. */
export type Colours = Readonly<Record<(typeof names)[number] | "font", string>>;

/** As they are now on an element; they change with the reader's theme. */
export function coloursOf(target: HTMLElement): Colours {
  const style = getComputedStyle(target);
  const before = target.style.color;
  const found = names.map((name) => {
    target.style.color = `var(--${name})`;
    return [name, style.color] as const;
  });
  target.style.color = before;
  return { ...(Object.fromEntries(found) as Omit<Colours, "font">), font: style.fontFamily };
}

export function barColour({ kind, error }: PageSpan, colours: Colours): string {
  if (error) return colours.error;
  if (kind === "model") return colours.accent;
  return kind === "tool" || kind === "retrieval" ? colours["bar-tool"] : colours["bar-work"];
}

/** Calls when somebody changes between light and dark, or forces colours. */
export function watchTheme(change: () => void): void {
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"])
    matchMedia(query).addEventListener("change", change);
}
