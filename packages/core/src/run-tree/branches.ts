import { recordingOrder } from "../vocabulary/recording-order.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import type { Node } from "./node.ts";

/**
 * Which span hangs on which, as the first witness of each says. Where what they say closes a ring, the link in it that was recorded last is
 * left out: so the tree follows from what was said, and not from the order in which it is read.
 */
export class Branches {
  readonly #nodeOf: (key: string) => Node;
  /** Spans whose link would close a ring. */
  readonly #leftOut: Set<Node> = new Set();

  constructor(nodeOf: (key: string) => Node) {
    this.#nodeOf = nodeOf;
  }

  /** Takes in when a span was there, and where it hangs. */
  learn(node: Node, event: AgentEvent): void {
    raise(node, node.earliestSaid);
    if (node.learnsParentFrom(event)) this.hang(node);
  }

  /** After what was said of a span has changed, and not only grown. */
  hangAgain(node: Node): void {
    this.cutOff(node);
    node.earliest = earliestOf(node);
    this.hang(node);
  }

  hang(node: Node): void {
    this.cutOff(node);
    for (const other of this.#leftOut) this.#link(other);
    this.#link(node);
  }

  cutOff(node: Node): void {
    this.#leftOut.delete(node);
    const { parent } = node;
    if (!parent) return;
    parent.children.delete(node);
    node.parent = null;
    lower(parent, node.earliest);
  }

  /** A node that has nothing under it, and therefore closes no ring. */
  attach(leaf: Node, parent: Node): void {
    leaf.parent = parent;
    parent.children.add(leaf);
  }

  /** It is a remnant from now on. What it has told of time goes on holding for what it hung on. */
  retire(leaf: Node): void {
    const { parent } = leaf;
    if (!parent) return;
    parent.children.delete(leaf);
    parent.earliestLeft = Math.min(parent.earliestLeft, leaf.earliest);
    parent.latestLeft = Math.max(parent.latestLeft, leaf.latestSaid, leaf.latestLeft);
    if (leaf.heard) parent.hear(leaf.heard);
  }

  #link(node: Node): void {
    if (node.parentKey === null) return;
    const parent = this.#nodeOf(node.parentKey);
    const last = lastSaidInRing(node, parent);
    if (last) {
      if (last !== node) this.cutOff(last);
      this.#leftOut.add(last);
      if (last === node) return;
    }
    this.#leftOut.delete(node);
    node.parent = parent;
    parent.children.add(node);
    raise(parent, node.earliest);
  }
}

/** The span in the ring that a link from node to parent would close whose link was recorded last; null: it closes none. */
function lastSaidInRing(node: Node, parent: Node): Node | null {
  if (node.children.size === 0 && node !== parent) return null;
  let last = node;
  for (let at: Node | null = parent; at !== node; at = at.parent) {
    if (!at) return null;
    if (isSaidLater(at, last)) last = at;
  }
  return last;
}

function isSaidLater(node: Node, other: Node): boolean {
  const [one, another] = [node.parentSaidBy, other.parentSaidBy];
  return one !== null && (another === null || recordingOrder(one, another) > 0);
}

/** Tells everything above how early something happened; stops where that is no news. */
function raise(node: Node, ms: number): void {
  for (let at: Node | null = node; at && ms < at.earliest; at = at.parent) at.earliest = ms;
}

/** Takes back what was told of a time that does not lie under it any more. */
function lower(node: Node, gone: number): void {
  for (let at: Node | null = node; at && at.earliest === gone; at = at.parent) {
    at.earliest = earliestOf(at);
    if (at.earliest === gone) return;
  }
}

function earliestOf({ earliestSaid, earliestLeft, children }: Node): number {
  let earliest = Math.min(earliestSaid, earliestLeft);
  for (const child of children) earliest = Math.min(earliest, child.earliest);
  return earliest;
}
