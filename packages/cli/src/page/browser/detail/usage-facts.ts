import type { UsageReport } from "../../page-data.ts";
import { element, span } from "../element.ts";

const names = [
  ["fresh in", "input"],
  ["from the cache", "cacheRead"],
  ["into the cache", "cacheWrite"],
  ["out", "output"],
  ["of it reasoning", "reasoning"],
] as const;

/** Tokens in full, kind by kind; a question mark where nobody knows. */
export function usageTable(usage: UsageReport, isGrowing: boolean): HTMLElement {
  return element(
    "dl",
    { class: "facts tokens" },
    ...names.flatMap(([name, bucket]) => {
      const tokens = usage[bucket];
      if (tokens === null && bucket === "reasoning") return [];
      const text = tokens === null ? "?" : tokens.toLocaleString("en");
      return [
        element("dt", {}, name),
        element(
          "dd",
          { class: "figure" },
          span("", `${isGrowing && tokens !== null ? "\u2265" : ""}${text}`),
        ),
      ];
    }),
  );
}
