import type { PathNode } from "@spoor/core/report/text";

/** What part of the cost of a graph is a node's, or of its time, where no price is known; null: unknown. */
export function sharesIn(nodes: readonly PathNode[]): (node: PathNode) => number | null {
  const measures = [
    ({ cost }: PathNode) => cost.usd,
    ({ durationMs }: PathNode) => durationMs,
  ] as const;
  for (const measure of measures) {
    const whole = nodes.reduce((sum, node) => sum + Math.max(0, measure(node) ?? 0), 0);
    if (whole > 0)
      return (node) => {
        const part = measure(node);
        return part === null ? null : Math.max(0, part) / whole;
      };
  }
  return () => null;
}
