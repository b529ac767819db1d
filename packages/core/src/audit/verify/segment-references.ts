import { parseJson } from "../../journal/disk/parse-json.ts";
import type { AgentEvent } from "../../vocabulary/event.ts";
import type { NotedLoss } from "./noted-losses.ts";
import { notedLossIn, referencesIn, type References } from "./references.ts";
import type { FoundValue } from "./segment-content.ts";

/** A value that entries of a segment refer to. */
export interface ReferredValue {
  readonly session: string;
  /** Of the entries that refer to it, by their lines: the first one, and the last one. */
  readonly firstLine: number;
  lastLine: number;
  /** As what it lies there; gone: it does not. */
  standing: "whole" | "changed" | "gone";
}

/** What the entries of a segment refer to, and what of it was then found among its values. */
export class SegmentReferences {
  readonly #referred: Map<string, ReferredValue> = new Map();
  /** Values to which no entry refers by itself: a list may. */
  readonly #others: Map<string, ReferredValue["standing"]> = new Map();
  /** Values that are lists of others. */
  readonly #lists: Set<string> = new Set();
  /** Values that say how many could not be written. */
  readonly #notes: Map<string, Omit<NotedLoss, "segment" | "said">> = new Map();
  /** What stands in lists and notes. */
  readonly #said: Map<string, unknown> = new Map();

  /** In the order of the entries. */
  add(event: AgentEvent, { held, list }: References, line: number): void {
    const note = notedLossIn(event);
    if (note !== null) this.#notes.set(note, { session: event.session, line });
    if (list !== null) this.#lists.add(list);
    for (const ref of held) if (typeof ref === "string") this.#refer(ref, event.session, line);
  }

  /** After all entries were added, because values are written before them. */
  find({ ref, json, isWhole }: FoundValue): void {
    const referred = this.#referred.get(ref);
    const standing = isWhole ? "whole" : "changed";
    // One that is whole stays so, whatever else is said to be it.
    if (!referred) this.#others.set(ref, this.#others.get(ref) === "whole" ? "whole" : standing);
    else if (referred.standing !== "whole") referred.standing = standing;
    const isAsked = isWhole && (this.#lists.has(ref) || this.#notes.has(ref));
    if (isAsked) this.#said.set(ref, parseJson(json.toString("utf8")));
  }

  /** After all values were found: what becomes of each that is referred to, also by way of lists. */
  values(): Iterable<ReferredValue> {
    for (const list of this.#lists) this.#follow(list);
    return this.#referred.values();
  }

  /** After all values were found. */
  *notedLosses(): Generator<Omit<NotedLoss, "segment">> {
    for (const [ref, note] of this.#notes) yield { ...note, said: this.#said.get(ref) };
  }

  #refer(ref: string, session: string, line: number): void {
    const known = this.#referred.get(ref);
    if (known) known.lastLine = line;
    else this.#referred.set(ref, { session, firstLine: line, lastLine: line, standing: "gone" });
  }

  #follow(list: string): void {
    const referred = this.#referred.get(list);
    if (!referred) return;
    for (const item of referencesIn(this.#said.get(list)))
      if (!this.#referred.has(item))
        this.#referred.set(item, { ...referred, standing: this.#others.get(item) ?? "gone" });
  }
}
