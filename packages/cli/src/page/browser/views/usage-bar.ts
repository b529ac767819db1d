import { inputOf } from "@spoor/core/report/text";
import { element } from "../element.ts";
import type { UsageReport } from "../../page-data.ts";

/** Where tokens went, as parts of a bar: from the cache, fresh, into the cache, out. What is unknown has no length. */
export function usageBar(usage: UsageReport, most: number): HTMLElement {
  const bar = element("span", { class: "bar", "aria-hidden": "true" });
  const parts = [
    ["read", usage.cacheRead],
    ["fresh", usage.input],
    ["write", usage.cacheWrite],
    ["out", usage.output],
  ] as const;
  for (const [name, tokens] of parts) {
    if (!tokens || most <= 0) continue;
    const part = element("span", { class: `part ${name}` });
    part.style.width = `${(tokens / most) * 100}%`;
    bar.append(part);
  }
  return bar;
}

/** In and out together; null where neither is known. */
export function allTokens(usage: UsageReport): number | null {
  const input = inputOf(usage);
  return input === null ? usage.output : input + (usage.output ?? 0);
}

/** The longest bar among them. */
export const mostTokens = (usages: readonly UsageReport[]): number =>
  usages.reduce((most, usage) => Math.max(most, allTokens(usage) ?? 0), 0);
