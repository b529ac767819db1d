import type { EventOf } from "../vocabulary/event.ts";
import type { Usage } from "../vocabulary/usage.ts";
import type { Node } from "./node.ts";

/** What is kept of a call that has left: what it used, as it was known then. */
export interface LeftCall {
  readonly usage: Usage;
}

/** Which calls name which counter of usage, and where it was read. */
export class Counters {
  readonly #calls: Map<string, Set<Node | LeftCall>> = new Map();
  readonly #readers: Map<string, Set<Node>> = new Map();

  /** True while a counter that nobody has read yet covers calls that are forgotten otherwise. */
  get areAwaited(): boolean {
    return this.#calls.size > 0;
  }

  apply(node: Node, { basis, meter }: EventOf<"usage.reported">): void {
    if (meter === undefined) return;
    const nodes: Map<string, Set<Node | LeftCall>> = basis === "call" ? this.#calls : this.#readers;
    const known = nodes.get(meter);
    if (known) known.add(node);
    else nodes.set(meter, new Set([node]));
  }

  /** The calls that name a counter. */
  coveredBy(meter: string): Iterable<Node | LeftCall> {
    return this.#calls.get(meter) ?? [];
  }

  /** Whether anybody has said what this counter read. */
  isRead(meter: string): boolean {
    return this.#readers.has(meter);
  }

  /** Whether what some counter read is told on it. */
  isReader(node: Node): boolean {
    for (const meter of metersOf(node)) if (this.#readers.get(meter)?.has(node)) return true;
    return false;
  }

  /** A call has left. False: it names no counter. */
  reduce(call: Node, left: LeftCall | null): boolean {
    const meters = metersOf(call);
    for (const meter of meters)
      if (this.#calls.get(meter)?.delete(call) && left) this.#calls.get(meter)?.add(left);
    return meters.size > 0;
  }

  /** Two nodes turned out to be one. */
  join(node: Node, absorbed: Node): void {
    const all: readonly Map<string, Set<Node | LeftCall>>[] = [this.#calls, this.#readers];
    for (const nodes of all)
      for (const meter of metersOf(absorbed)) {
        const known = nodes.get(meter);
        if (known?.delete(absorbed)) known.add(node);
      }
  }

  /** A call is kept until the counter it names was read and whoever read it is gone. */
  forget(node: Node): void {
    for (const meter of metersOf(node)) {
      const readers = this.#readers.get(meter);
      readers?.delete(node);
      if (readers?.size === 0) this.#calls.delete(meter);
    }
  }
}

function metersOf(node: Node): ReadonlySet<string> {
  return new Set(node.ofType("usage.reported").flatMap(({ meter }) => meter ?? []));
}
