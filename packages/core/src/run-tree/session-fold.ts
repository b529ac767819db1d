import type { AgentEvent, EventId, EventOf, Key, MarkEvent, SpanId } from "../vocabulary/event.ts";
import { Branches } from "./branches.ts";
import { callUsageOf } from "./call-usage.ts";
import { Counters } from "./counters.ts";
import { isClosing, isOpening } from "../vocabulary/event-kind.ts";
import { type Heard, Node } from "./node.ts";
import { spanIdOf } from "../vocabulary/identity.ts";
import { recordingOrder } from "../vocabulary/recording-order.ts";
import { addUsage } from "../vocabulary/usage.ts";
import type { Remnant } from "./remnant.ts";

/** One session's spans by key, and how they hang together. State is set, never added to: repetition and order of reading do not matter. */
export class SessionFold {
  readonly id: string;
  readonly counters: Counters = new Counters();
  readonly #nodes: Map<Key, Node> = new Map();
  readonly #remnants: Map<Key, Remnant> = new Map();
  readonly #activations: Map<SpanId, Node> = new Map();
  /** How those are called of which anybody has told, remnants included. */
  readonly #keys: Map<SpanId, Key> = new Map();
  readonly #branches: Branches = new Branches(
    (key) => this.#nodeOf(key),
    (spanId) => this.#keys.get(spanId) ?? null,
  );
  readonly #ownFacts: Map<EventId, MarkEvent> = new Map();
  readonly #started: Map<EventId, EventOf<"session.started">> = new Map();
  readonly #absorbed: (node: Node) => void;

  /** `absorbed`: a node turned out to be another, and is no more. */
  constructor(id: string, absorbed: (node: Node) => void) {
    this.id = id;
    this.#absorbed = absorbed;
  }

  /** The span that the event is about; null for the session's own marks and for what was known. */
  apply(event: AgentEvent): Node | null {
    const key = "key" in event ? event.key : event.on;
    if (key === null) {
      if (!isOpening(event) && !isClosing(event)) this.#own(event);
      return null;
    }
    const node = this.#nodeOf(key);
    const added = node.add(event);
    if (added === "known") return null;
    if (added === "instead") this.#branches.hangAgain(node);
    else this.#branches.learn(node, event);
    if (event.spanId && !this.#keys.has(event.spanId)) {
      this.#keys.set(event.spanId, key);
      this.#branches.seen(event.spanId);
    }
    if (event.type === "turn.started" && event.spanId) this.#activations.set(event.spanId, node);
    if (event.type === "usage.reported") this.counters.apply(node, event);
    if (event.type === "span.amended" && event.alias !== undefined) this.#join(node, event.alias);
    return node;
  }

  get nodes(): Iterable<Node> {
    return new Set(this.#nodes.values());
  }

  get isEmpty(): boolean {
    return this.#nodes.size === 0 && !this.counters.areAwaited;
  }

  /** The session's own marks, in the order of recording. */
  ownFacts(): readonly MarkEvent[] {
    return [...this.#ownFacts.values()].toSorted(recordingOrder);
  }

  /** What all witnesses say of the session: of each field, what was recorded first. */
  get started(): EventOf<"session.started"> | null {
    const [latest, ...earlier] = [...this.#started.values()].toSorted(recordingOrder).toReversed();
    return earlier.reduce((said, fact) => ({ ...said, ...fact }), latest) ?? null;
  }

  find(key: Key): Node | null {
    return this.#nodes.get(key) ?? null;
  }

  activation(spanId: SpanId): Node | null {
    return this.#activations.get(spanId) ?? null;
  }

  /** It has left, and its turn goes on. */
  hasLeft(key: Key): boolean {
    return this.#remnants.has(key);
  }

  /** Something came too late, and still says that there is life in its turn. */
  heardOf(key: Key, heard: Heard): void {
    let at = key;
    for (let known = this.#remnants.get(at); known; known = this.#remnants.get(at))
      at = known.parent;
    this.#nodes.get(at)?.hear(heard);
  }

  /** Keeps of a leaf that has left what may still be asked of it. */
  reduce(leaf: Node, parent: Node, activation: Node): void {
    const { key, agent } = leaf;
    if (!this.#remnants.has(key)) {
      this.#remnants.set(key, { parent: parent.key, agent });
      activation.remnants.push(key);
    }
    if (leaf.isModel) {
      const usage = callUsageOf(leaf)?.usage ?? null;
      const namesCounter = this.counters.reduce(leaf, usage && { usage });
      if (usage && !namesCounter) activation.usageLeft = addUsage(activation.usageLeft, usage);
    }
    this.#branches.retire(leaf);
    this.#nodes.delete(key);
  }

  /** Of an activation that is over; says the keys of what they were. */
  forgetRemnants({ remnants }: Node): readonly Key[] {
    const keys = remnants.splice(0);
    for (const key of keys) {
      this.#remnants.delete(key);
      this.#keys.delete(spanIdOf(this.id, key));
    }
    return keys;
  }

  forget(node: Node): void {
    this.#branches.cutOff(node);
    for (const name of node.names) this.#nodes.delete(name);
    for (const spanId of node.spanIds()) {
      this.#activations.delete(spanId);
      this.#keys.delete(spanId);
    }
    this.counters.forget(node);
  }

  #own(event: MarkEvent): void {
    const known = this.#ownFacts.get(event.id);
    if (known && recordingOrder(known, event) <= 0) return;
    this.#ownFacts.set(event.id, event);
    if (event.type === "session.started") this.#started.set(event.id, event);
  }

  #nodeOf(key: Key): Node {
    const known = this.#nodes.get(key);
    if (known) return known;
    const node = new Node(this.id, key);
    this.#nodes.set(key, node);
    const remnant = this.#remnants.get(key);
    if (remnant) {
      node.remnant = remnant;
      node.left = true;
      this.#branches.attach(node, this.#nodeOf(remnant.parent));
    }
    return node;
  }

  /** Two names, one span. */
  #join(node: Node, alias: Key): void {
    const other = this.#nodes.get(alias);
    if (other === node) return;
    node.names.add(alias);
    this.#nodes.set(alias, node);
    if (!other) return;
    this.#branches.cutOff(other);
    node.absorb(other);
    for (const name of other.names) this.#nodes.set(name, node);
    for (const spanId of other.spanIds())
      if (this.#activations.has(spanId)) this.#activations.set(spanId, node);
    this.counters.join(node, other);
    for (const child of other.children) this.#branches.hang(child);
    this.#branches.hangAgain(node);
    this.#absorbed(other);
  }
}
