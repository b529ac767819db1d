import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { AgentEvent, EventOf, Key, MarkEvent, SpanId } from "../vocabulary/event.ts";
import { isOpening } from "../vocabulary/event-kind.ts";
import { abandonedSpan, latestTimeOf } from "./abandoned.ts";
import { callUsageOf } from "./call-usage.ts";
import { Gone } from "./gone.ts";
import type { Heard, Node } from "./node.ts";
import { SessionFold } from "./session-fold.ts";
import type { Span } from "./span.ts";
import { spanOf } from "./span-of.ts";
import { placedInTime } from "./times.ts";
import { inTreeOrder } from "./tree-order.ts";
import { activationOf, below, isCounted } from "./turns.ts";
import { nowhere, type Whereabouts, whereaboutsOf } from "./whereabouts.ts";

/** A session as far as it is known: its spans depth first, each before what hangs on it, siblings by time. */
export interface SessionView {
  readonly id: string;
  readonly started: EventOf<"session.started"> | null;
  readonly spans: readonly Span[];
  /** The session's own marks. */
  readonly marks: readonly MarkEvent[];
  /** False when something was used that nobody could count. */
  readonly usageComplete: boolean;
}

export interface RunTreeHealth {
  readonly openSpans: number;
  /** Ended, and not handed out yet. */
  readonly unsettledSpans: number;
  /** Facts that came after their span had left. They are in the journal all the same. */
  readonly late: number;
}

/**
 * The only fold from events to spans. Keyed and idempotent: facts are joined in the order they were recorded, so the order of reading and
 * repetition do not matter. Constant work for an event; with `release`, memory bounded by open work, but for a remnant of each span that has left
 * of a turn that goes on.
 */
export interface RunTree {
  /** False: it came too late, because its span has left. */
  apply(event: AgentEvent): boolean;
  /** Of an event that was applied, as far as is known now, and as long as its span has not left. */
  whereabouts(event: AgentEvent): Whereabouts;
  /**
   * Closed, and: usage final, or its activation ended, or `settleMs` gone by since it was closed. Each span once; later facts are late, and change
   * nothing that leaves after it. A span whose trace nobody has told stays.
   */
  settled(now: number): Iterable<Span>;
  /**
   * What is still open in activations of which nothing was heard for too long, deepest first, each span once: nobody will end it, and that is a
   * conclusion. Its end is inferred: the last that was told of it or under it. Asked of what was recorded last in an activation and under it.
   */
  abandoned(isAbandoned: (heard: Heard) => boolean): Iterable<Span>;
  /**
   * Forgets what has left of an activation, and what is still open in it as soon as that leaves. Open work stays, and what it hangs on; so
   * do calls whose counter nobody has read yet.
   */
  release(session: string, activation: SpanId): void;
  sessions(): readonly string[];
  session(id: string): SessionView | null;
  health(): RunTreeHealth;
}

export interface RunTreeOptions {
  readonly settleMs?: number;
}

const rememberedSessions = 10_000;
const rememberedStrays = 10_000;

export function createRunTree({ settleMs = 2_000 }: RunTreeOptions = {}): RunTree {
  return new FoldingRunTree(settleMs);
}

class FoldingRunTree implements RunTree {
  readonly #settleMs: number;
  readonly #sessions: Map<string, SessionFold> = new Map();
  readonly #open: Set<Node> = new Set();
  /** In the order in which they closed. */
  readonly #closed: Set<Node> = new Set();
  /** Closed, and nothing better is to be expected. */
  readonly #ready: Set<Node> = new Set();
  /** Closed, and nobody has told which trace they lie in: their beginning is in another lane, or gone. */
  readonly #strays: Set<Node> = new Set();
  readonly #gone: Gone = new Gone();
  /** What was said of sessions of which nothing else is kept: their next turn has the same labels. */
  readonly #started: BoundedMap<string, EventOf<"session.started">> = new BoundedMap(
    rememberedSessions,
  );
  #late = 0;

  constructor(settleMs: number) {
    this.#settleMs = settleMs;
  }

  apply(event: AgentEvent): boolean {
    if (this.#isOfGone(event)) return this.#tooLate();
    const node = this.#foldOf(event.session).apply(event);
    if (!node) return true;
    if (node.left) {
      this.#drop(node);
      return this.#tooLate();
    }
    if (node.closedAt !== null) this.#close(node);
    else if (node.isSpan()) this.#open.add(node);
    if (this.#strays.size > 0 && (isOpening(event) || event.type === "span.amended"))
      this.#findStrays(node);
    return true;
  }

  whereabouts(event: AgentEvent): Whereabouts {
    const fold = this.#sessions.get(event.session);
    const started = fold?.started ?? this.#started.get(event.session);
    const key = "key" in event ? event.key : event.on;
    const node = key === null ? null : fold?.find(key);
    const ownPlace = fold && node ? whereaboutsOf(node, fold) : nowhere;
    return {
      ...ownPlace,
      environment: ownPlace.environment ?? started?.environment ?? null,
      sessionInferred: started?.inferred ?? false,
    };
  }

  /** What hangs below may have found its trace. */
  #findStrays(node: Node): void {
    const waiting = [node];
    for (let at = waiting.pop(); at; at = waiting.pop()) {
      if (this.#strays.delete(at)) this.#closed.add(at);
      for (const child of at.children) waiting.push(child);
    }
  }

  /** Of something that has left and is not kept. Another name of that is a name of nothing more. */
  #isOfGone(event: AgentEvent): boolean {
    const key = "key" in event ? event.key : event.on;
    if (key === null) return false;
    const alias = event.type === "span.amended" ? event.alias : undefined;
    const names = alias === undefined ? [key] : [key, alias];
    if (!names.some((name) => this.#isGone(event.session, name))) return false;
    const fold = this.#sessions.get(event.session);
    fold?.heardOf(key, { at: event.recordedAt, sequence: event.sequence });
    if (alias === undefined) return true;
    for (const name of names) this.#gone.add(event.session, name);
    for (const node of names.flatMap((name) => fold?.find(name) ?? [])) {
      node.left = true;
      this.#drop(node);
      if (fold) this.#forgetUpwards(node, fold);
    }
    return true;
  }

  #isGone(session: string, key: Key): boolean {
    return this.#gone.has(session, key) || this.#sessions.get(session)?.hasLeft(key) === true;
  }

  #tooLate(): false {
    this.#late += 1;
    return false;
  }

  #close(node: Node): void {
    this.#open.delete(node);
    this.#strays.delete(node);
    this.#closed.add(node);
    if (node.isTurn)
      for (const other of [...below(node)].toReversed())
        if (this.#closed.has(other) || this.#strays.has(other)) this.#ready.add(other);
    if (isReady(node)) this.#ready.add(node);
  }

  *settled(now: number): Iterable<Span> {
    for (const node of this.#ready) yield* this.#leave(node);
    for (const node of this.#closed) {
      if (node.closedAt !== null && now - node.closedAt < this.#settleMs) break;
      yield* this.#leave(node);
    }
  }

  *abandoned(isAbandoned: (heard: Heard) => boolean): Iterable<Span> {
    for (const top of new Set(Array.from(this.#open, (node) => activationOf(node) ?? node))) {
      const heard = lastHeard(inTreeOrder([top]));
      if (!heard || !isAbandoned(heard)) continue;
      const open = [top, ...below(top)].filter((node) => this.#open.has(node)).toReversed();
      const ends = open.map((node) => [node, latestTimeOf(node)] as const);
      for (const [node, end] of ends)
        for (const span of this.#leave(node)) yield abandonedSpan(span, end);
    }
  }

  *#leave(node: Node): Iterable<Span> {
    const fold = this.#foldOf(node.session);
    const activation = activationOf(node);
    const span = activation || node.opening?.traceId ? spanOf(node, fold) : null;
    this.#drop(node);
    if (!span) {
      this.#strayed(node);
      return;
    }
    const placed = placedInTime(span, node);
    node.left = true;
    this.#forgetUpwards(node, fold);
    yield placed;
  }

  /** Waits for better knowledge, as long as not too many others do. */
  #strayed(node: Node): void {
    this.#strays.add(node);
    const [longest] = this.#strays;
    if (this.#strays.size <= rememberedStrays || !longest) return;
    this.#strays.delete(longest);
    longest.left = true;
    this.#forgetUpwards(longest, this.#foldOf(longest.session));
  }

  #drop(node: Node): void {
    this.#strays.delete(node);
    this.#open.delete(node);
    this.#closed.delete(node);
    this.#ready.delete(node);
  }

  release(session: string, activation: SpanId): void {
    const fold = this.#sessions.get(session);
    const top = fold?.activation(activation);
    if (!fold || !top) return;
    top.released = true;
    for (const key of fold.forgetRemnants(top)) this.#gone.add(session, key);
    for (const node of inTreeOrder([top]).toReversed()) this.#forget(node, fold);
  }

  #forgetUpwards(node: Node, fold: SessionFold): void {
    for (let at: Node | null = node; at;) {
      const { parent }: Node = at;
      if (!this.#forget(at, fold)) return;
      at = parent;
    }
  }

  /** A span goes when it has left and nothing hangs on it; a name that others referred to, when they are gone. While its turn goes on, a remnant stays. */
  #forget(node: Node, fold: SessionFold): boolean {
    if (node.children.size > 0 || (node.isSpan() && !node.left)) return false;
    const activation = activationOf(node);
    if (activation && !activation.released) return reduce(node, activation, fold);
    if (node.left) for (const name of node.names) this.#gone.add(fold.id, name);
    fold.forget(node);
    if (fold.isEmpty) {
      this.#sessions.delete(fold.id);
      if (fold.started) this.#started.set(fold.id, fold.started);
    }
    return true;
  }

  sessions(): readonly string[] {
    return [...this.#sessions.keys()];
  }

  session(id: string): SessionView | null {
    const fold = this.#sessions.get(id);
    if (!fold) return null;
    const nodes = [...fold.nodes];
    const calls = nodes.filter(({ isModel }) => isModel);
    const spans = inTreeOrder(nodes.filter(({ parent }) => parent === null)).flatMap(
      (node) => spanOf(node, fold) ?? [],
    );
    return {
      id,
      started: fold.started,
      spans,
      marks: fold.ownFacts(),
      usageComplete:
        calls.every((call) => callUsageOf(call)?.final === true || isCounted(call, fold)) &&
        spans.every(({ totalsFinal }) => totalsFinal),
    };
  }

  health(): RunTreeHealth {
    return { openSpans: this.#open.size, unsettledSpans: this.#closed.size, late: this.#late };
  }

  #foldOf(session: string): SessionFold {
    const known = this.#sessions.get(session);
    if (known) return known;
    const fold = new SessionFold(session, (node) => {
      this.#drop(node);
    });
    this.#sessions.set(session, fold);
    const started = this.#started.get(session);
    if (started) fold.apply(started);
    return fold;
  }
}

/** Under several names, or where a counter was read, a span is kept whole. */
function reduce(node: Node, activation: Node, fold: SessionFold): boolean {
  const { left, parent } = node;
  if (!left || !parent || node.isTurn || node.names.size > 1 || fold.counters.isReader(node))
    return false;
  fold.reduce(node, parent, activation);
  return true;
}

function lastHeard(nodes: readonly Node[]): Heard | null {
  const all = nodes.flatMap(({ heard }) => heard ?? []);
  return (
    all.toSorted((one, other) => other.at - one.at || other.sequence - one.sequence)[0] ?? null
  );
}

/** Its figures are final, or nothing more is to come in its activation. */
function isReady(node: Node): boolean {
  const activation = activationOf(node);
  return (
    (activation !== null && activation.closedAt !== null) ||
    (node.isModel && callUsageOf(node)?.final === true)
  );
}
