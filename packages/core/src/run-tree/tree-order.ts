import { type RecordingPlace, recordingOrder } from "../vocabulary/recording-order.ts";
import type { Node } from "./node.ts";
import { startTimeOf } from "./times.ts";

/** Depth first, each before what hangs on it; siblings by time. */
export function inTreeOrder(roots: readonly Node[]): readonly Node[] {
  const ordered: Node[] = [];
  const waiting = byTime(roots).toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    ordered.push(node);
    for (const child of byTime([...node.children]).toReversed()) waiting.push(child);
  }
  return ordered;
}

/** What nobody has a time for stands where it was recorded: behind the sibling that was recorded before it. */
function byTime(siblings: readonly Node[]): readonly Node[] {
  let latest = 0;
  const placed = siblings.toSorted(byRecording).map((node) => {
    latest = startTimeOf(node)?.ms ?? latest;
    return { node, ms: latest };
  });
  return placed.toSorted((left, right) => left.ms - right.ms).map(({ node }) => node);
}

function byRecording(left: Node, right: Node): number {
  const [one, other] = [firstFactOf(left), firstFactOf(right)];
  if (one && other) return recordingOrder(one, other);
  return Number(one === null) - Number(other === null);
}

/** What is only a name stands where the first that refers to it does. */
function firstFactOf({ first, children }: Node): RecordingPlace | null {
  if (first) return first;
  const facts = [...children].flatMap((child) => child.first ?? []);
  return facts.toSorted(recordingOrder)[0] ?? null;
}
