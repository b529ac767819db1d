import { addUsage, unknownUsage } from "@spoor/core";
import type { EventDraft, SessionView, Span, Usage } from "@spoor/core";
import { foldOf, recordAll } from "@spoor/testing";
import { truth } from "./fixtures.ts";
import { callUsage } from "./reduction/usage.ts";

export function viewsOf(drafts: readonly EventDraft[]): readonly SessionView[] {
  const tree = foldOf(recordAll(drafts).events);
  return tree
    .sessions()
    .toSorted()
    .flatMap((id) => tree.session(id) ?? []);
}

export const spansIn = (views: readonly SessionView[]): readonly Span[] =>
  views.flatMap(({ spans }) => spans);

/** Attributed and unattributed. */
export const usedIn = (views: readonly SessionView[]): Usage =>
  inBuckets(spansIn(views).flatMap((span) => [span.usage ?? [], span.unattributed ?? []].flat()));

export const answered = (scenario: string): Usage =>
  inBuckets(truth(scenario).map(({ usage }) => callUsage(usage)));

/** The parts of buckets, which not every source tells, are left out. */
function inBuckets(usages: readonly Usage[]): Usage {
  const { input, cacheRead, cacheWrite, output } = usages.reduce(addUsage, unknownUsage);
  return { input, cacheRead, cacheWrite, output, reasoning: null };
}
