import { recordingOrder } from "../vocabulary/recording-order.ts";
import type { AgentEvent, Key, SpanId } from "../vocabulary/event.ts";
import type { Node } from "./node.ts";

/**
 * Which span hangs on which, as the first witness of each says. Where what they say closes a ring, the link in it that was recorded last is
 * left out: so the tree follows from what was said, and not from the order in which it is read.
 */
export class Branches {
  readonly #nodeOf: (key: Key) => Node;
  /** Of the spans of this session that somebody told of. */
  readonly #keyOf: (spanId: SpanId) => Key | null;
  /** Spans whose link would close a ring. */
  readonly #leftOut: Set<Node> = new Set();
  /** Spans that hang on one of which nobody has told yet, if it is of this session at all. */
  readonly #awaiting: Map<SpanId, Set<Node>> = new Map();
  readonly #awaited: Map<Node, SpanId> = new Map();

  constructor(nodeOf: (key: Key) => Node, keyOf: (spanId: SpanId) => Key | null) {
    this.#nodeOf = nodeOf;
    this.#keyOf = keyOf;
  }

  /** Somebody has told of a span for the first time. */
  seen(spanId: SpanId): void {
    for (const node of this.#awaiting.get(spanId) ?? []) this.hang(node);
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
    this.#stopAwaiting(node);
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
    const key = node.parentKey ?? this.#keyOfCarried(node);
    if (key === null) return;
    const parent = this.#nodeOf(key);
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

  #keyOfCarried(node: Node): Key | null {
    const { parentSpanId } = node;
    if (parentSpanId === null) return null;
    const key = this.#keyOf(parentSpanId);
    if (key === null) this.#await(node, parentSpanId);
    return key;
  }

  #await(node: Node, spanId: SpanId): void {
    const others = this.#awaiting.get(spanId);
    if (others) others.add(node);
    else this.#awaiting.set(spanId, new Set([node]));
    this.#awaited.set(node, spanId);
  }

  #stopAwaiting(node: Node): void {
    const spanId = this.#awaited.get(node);
    if (spanId === undefined) return;
    this.#awaited.delete(node);
    const others = this.#awaiting.get(spanId);
    others?.delete(node);
    if (others?.size === 0) this.#awaiting.delete(spanId);
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
