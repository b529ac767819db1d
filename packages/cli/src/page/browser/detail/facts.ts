import { element } from "../element.ts";

/** What is known, name by name; what is not known is not listed. */
export function factList(
  facts: readonly (readonly [name: string, value: string | Node | null])[],
): HTMLElement {
  const told = facts.filter(([, value]) => value !== null && value !== "");
  return element(
    "dl",
    { class: "facts" },
    ...told.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
  );
}
