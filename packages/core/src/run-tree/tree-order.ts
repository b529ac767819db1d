import { type RecordingPlace, recordingOrder } from "../vocabulary/recording-order.ts";
import type { Key } from "../vocabulary/event.ts";
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

/**
 * What nobody has a time for stands where it was recorded: behind the sibling that was recorded before it. What nobody saw begin goes before the first
 * sibling that it caused, by where that one stood: of several in a row that nobody saw begin, each knows only the next.
 */
function byTime(siblings: readonly Node[]): readonly Node[] {
  let latest = 0;
  const placed = siblings.toSorted(byRecording).map((node): Placed => {
    const start = startTimeOf(node);
    latest = start?.ms ?? latest;
    return { node, ms: latest, wasSeen: start !== null && !start.inferred, isCause: false };
  });
  return beforeWhatTheyCaused(placed)
    .toSorted((left, right) => left.ms - right.ms || Number(right.isCause) - Number(left.isCause))
    .map(({ node }) => node);
}

interface Placed {
  readonly node: Node;
  readonly ms: number;
  /** To begin. */
  readonly wasSeen: boolean;
  readonly isCause: boolean;
}

function beforeWhatTheyCaused(placed: readonly Placed[]): readonly Placed[] {
  if (placed.every(({ wasSeen }) => wasSeen)) return placed;
  const firstCausedBy = new Map<Key, number>();
  for (const { node, ms } of placed) {
    const cause = node.opening?.causedBy;
    if (cause !== undefined)
      firstCausedBy.set(cause, Math.min(ms, firstCausedBy.get(cause) ?? Infinity));
  }
  return placed.map((place) => {
    const caused = Math.min(
      ...Array.from(place.node.names, (key) => firstCausedBy.get(key) ?? Infinity),
    );
    return place.wasSeen || caused > place.ms ? place : { ...place, ms: caused, isCause: true };
  });
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
