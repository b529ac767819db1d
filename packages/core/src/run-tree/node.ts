import { readTraceContext, type TraceContext } from "../vocabulary/carrier.ts";
import type {
  AgentEvent,
  EventId,
  EventOf,
  Key,
  OpeningEvent,
  SpanId,
} from "../vocabulary/event.ts";
import { isClosing, isOpening } from "../vocabulary/event-kind.ts";
import { spanIdOf } from "../vocabulary/identity.ts";
import { recordingOrder } from "../vocabulary/recording-order.ts";
import { addUsage, type Usage, unknownUsage } from "../vocabulary/usage.ts";
import type { Remnant } from "./remnant.ts";

/** The last that was recorded of something. */
export interface Heard {
  readonly at: number;
  readonly sequence: number;
}

/** What was said about one span, by whoever, in whatever order; and where it hangs. */
export class Node {
  readonly session: string;
  /** All keys it was spoken of by. */
  readonly names: Set<Key> = new Set();
  readonly children: Set<Node> = new Set();
  parent: Node | null = null;
  /** The earliest time said on it. */
  earliestSaid: number = Number.POSITIVE_INFINITY;
  /** The earliest time said of what hung on it and is a remnant now. */
  earliestLeft: number = Number.POSITIVE_INFINITY;
  /** The latest time said on it. */
  latestSaid: number = Number.NEGATIVE_INFINITY;
  /** The latest time said of what hung on it and is a remnant now. */
  latestLeft: number = Number.NEGATIVE_INFINITY;
  /** The earliest time said on it or under it. */
  earliest: number = Number.POSITIVE_INFINITY;
  /** What was recorded last of it, and of what hung on it and is a remnant now; null: nothing was. */
  heard: Heard | null = null;
  /** When its first closing was recorded; null while it is open. */
  closedAt: number | null = null;
  /** It has been handed out as settled. */
  left: boolean = false;
  /** An activation whose spans are forgotten as they leave. */
  released: boolean = false;
  /** The fact that was recorded first. */
  first: AgentEvent | null = null;
  /** The opening that was recorded first; null while nobody has seen one. */
  opening: OpeningEvent | null = null;
  isTurn: boolean = false;
  isModel: boolean = false;
  /** What it was reduced to before somebody referred to it again. */
  remnant: Remnant | null = null;
  /** Of an activation: what of it is a remnant. */
  readonly remnants: Key[] = [];
  /** Of an activation: what those of its remnants used that name no counter. */
  usageLeft: Usage = unknownUsage;
  readonly #facts: Map<EventId, AgentEvent> = new Map();
  /** The fact that names its parent by a key, and the opening that names one by a carrier. */
  #keySaidBy: AgentEvent | null = null;
  #carrierSaidBy: OpeningEvent | null = null;
  #agentSaidBy: OpeningEvent | null = null;

  constructor(session: string, key: Key) {
    this.session = session;
    this.names.add(key);
  }

  /** Of one statement recorded twice, in two lanes, the earlier stands. */
  add(event: AgentEvent): "new" | "known" | "instead" {
    const known = this.#facts.get(event.id);
    if (known && recordingOrder(known, event) <= 0) return "known";
    this.#facts.set(event.id, event);
    if (known) {
      this.#takeInAll();
      return "instead";
    }
    this.#takeIn(event);
    return "new";
  }

  #takeInAll(): void {
    this.earliestSaid = Number.POSITIVE_INFINITY;
    this.latestSaid = Number.NEGATIVE_INFINITY;
    this.first = null;
    this.opening = null;
    this.closedAt = null;
    this.#keySaidBy = null;
    this.#carrierSaidBy = null;
    this.#agentSaidBy = null;
    for (const fact of this.#facts.values()) {
      this.#takeIn(fact);
      this.learnsParentFrom(fact);
    }
  }

  #takeIn(event: AgentEvent): void {
    this.hear({ at: event.recordedAt, sequence: event.sequence });
    if (event.at) {
      this.earliestSaid = Math.min(this.earliestSaid, event.at.ms);
      this.latestSaid = Math.max(this.latestSaid, event.at.ms);
    }
    if (!this.first || recordingOrder(event, this.first) < 0) this.first = event;
    if (isOpening(event)) {
      if (!this.opening || recordingOrder(event, this.opening) < 0) this.opening = event;
      if (event.agent !== undefined && isSaidBefore(event, this.#agentSaidBy)) {
        this.#agentSaidBy = event;
      }
    } else if (isClosing(event)) {
      this.closedAt = Math.min(this.closedAt ?? event.recordedAt, event.recordedAt);
    } else return;
    this.isTurn ||= event.type === "turn.started" || event.type === "turn.ended";
    this.isModel ||= event.type === "model.started" || event.type === "model.ended";
  }

  hear(heard: Heard): void {
    if (!this.heard || heard.at >= this.heard.at) this.heard = heard;
  }

  /** True: this fact, recorded before all others that name a parent, says where the span hangs. A key counts before a carrier. */
  learnsParentFrom(event: AgentEvent): boolean {
    const key = parentKeyIn(event);
    if (key === null) return this.#learnsCarrierFrom(event) && this.#keySaidBy === null;
    if (this.names.has(key) || !isSaidBefore(event, this.#keySaidBy)) return false;
    this.#keySaidBy = event;
    return true;
  }

  /** What a turn came with says in which trace it lies, and not what it is a part of. */
  #learnsCarrierFrom(event: AgentEvent): boolean {
    if (!isOpening(event) || event.type === "turn.started") return false;
    if (parentSpanIdIn(event) === null || !isSaidBefore(event, this.#carrierSaidBy)) return false;
    this.#carrierSaidBy = event;
    return true;
  }

  /** It has another name, and all that was said of it under that. */
  absorb(other: Node): void {
    for (const name of other.names) this.names.add(name);
    for (const [id, fact] of other.#facts) {
      const known = this.#facts.get(id);
      if (!known || recordingOrder(fact, known) < 0) this.#facts.set(id, fact);
    }
    this.left ||= other.left;
    this.released ||= other.released;
    for (const key of other.remnants) this.remnants.push(key);
    this.usageLeft = addUsage(this.usageLeft, other.usageLeft);
    this.earliestLeft = Math.min(this.earliestLeft, other.earliestLeft);
    this.latestLeft = Math.max(this.latestLeft, other.latestLeft);
    if (other.heard) this.hear(other.heard);
    this.#takeInAll();
  }

  /** The fact that says where it hangs. */
  get parentSaidBy(): AgentEvent | null {
    return this.#keySaidBy ?? this.#carrierSaidBy;
  }

  get parentKey(): Key | null {
    return this.#keySaidBy && parentKeyIn(this.#keySaidBy);
  }

  /** Where it is named by no key: it may be a span of this session, and may be one outside. */
  get parentSpanId(): SpanId | null {
    return this.#keySaidBy || !this.#carrierSaidBy ? null : parentSpanIdIn(this.#carrierSaidBy);
  }

  /** Its own: as the first opening says that says it. */
  get agent(): string | null {
    return this.#agentSaidBy?.agent ?? this.remnant?.agent ?? null;
  }

  /** In the order of recording. */
  inOrder(): readonly AgentEvent[] {
    return [...this.#facts.values()].toSorted(recordingOrder);
  }

  /** Seen to begin or to end. Else it is only a name that others refer to. */
  isSpan(): boolean {
    return this.opening !== null || this.closedAt !== null;
  }

  /** Of its names, the one that was recorded first. */
  get key(): Key {
    const fact = this.opening ?? this.first;
    if (!fact) return this.names.values().next().value ?? "";
    return ("key" in fact ? fact.key : fact.on) ?? "";
  }

  /** Spans that turned out to be one go by the id that was recorded first. */
  spanId(): SpanId {
    return (this.opening ?? this.first)?.spanId ?? spanIdOf(this.session, this.key);
  }

  /** One for each of its names. */
  spanIds(): readonly SpanId[] {
    if (this.names.size === 1) return [this.spanId()];
    return Array.from(this.names, (name) => spanIdOf(this.session, name));
  }

  /** The parent from outside, where one was said. */
  carrier(): TraceContext | null {
    for (const fact of this.inOrder())
      if ("parent" in fact && typeof fact.parent === "object") return readTraceContext(fact.parent);
    return null;
  }

  ofType<Type extends AgentEvent["type"]>(type: Type): readonly EventOf<Type>[] {
    const found: EventOf<Type>[] = [];
    for (const fact of this.#facts.values())
      if (fact.type === type) found.push(fact as EventOf<Type>);
    return found.toSorted(recordingOrder);
  }
}

const isSaidBefore = (event: AgentEvent, said: AgentEvent | null): boolean =>
  said === null || recordingOrder(event, said) < 0;

function parentSpanIdIn({ parent }: OpeningEvent): SpanId | null {
  return typeof parent === "object" ? (readTraceContext(parent)?.spanId ?? null) : null;
}

function parentKeyIn(event: AgentEvent): Key | null {
  return "parent" in event && typeof event.parent === "string" ? event.parent : null;
}
