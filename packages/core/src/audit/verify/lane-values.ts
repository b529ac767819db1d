import type { AgentEvent } from "../../vocabulary/event.ts";
import type { Findings } from "./findings.ts";
import { GoneValues } from "./gone-values.ts";
import type { LanePlace } from "./lane-place.ts";
import { notedLossIn, referencesIn, referencesOf } from "./references.ts";
import { SegmentContent } from "./segment-content.ts";
import type { Evidence, ValueCounts } from "./verification.ts";

interface Reference {
  readonly session: string;
  /** The first entry that refers to it. */
  readonly at: Partial<Evidence>;
  /** The line of the last one. */
  lastLine: number;
}

/** Whether what a lane's entries refer to is there, segment by segment: a segment holds all that its entries refer to. */
export class LaneValues {
  readonly #place: LanePlace;
  readonly #findings: Findings;
  /** Of the segment that is being read. */
  #referred: Map<string, Reference> = new Map();
  #lists: Set<string> = new Set();
  /** Notes of values that could not be written, by where it is said how many. */
  #notes: Map<string, { readonly session: string; readonly line: number }> = new Map();
  readonly #gone: GoneValues;
  #whole = 0;
  #changed = 0;
  #withheld = 0;

  constructor(place: LanePlace, findings: Findings) {
    this.#place = place;
    this.#findings = findings;
    this.#gone = new GoneValues(place, findings);
  }

  see(event: AgentEvent, at: Partial<Evidence>): void {
    const { held, list } = referencesOf(event);
    if (list !== null) this.#lists.add(list);
    const note = notedLossIn(event);
    if (note !== null) this.#notes.set(note, { session: event.session, line: at.line ?? 0 });
    for (const one of held) {
      if (typeof one === "object") this.#withheld += 1;
      else this.#refer(one, event.session, at);
    }
  }

  #refer(ref: string, session: string, at: Partial<Evidence>): void {
    const lastLine = at.line ?? 0;
    const known = this.#referred.get(ref);
    if (known) known.lastLine = lastLine;
    else this.#referred.set(ref, { session, at, lastLine });
  }

  /** After the last entry of a segment: its content was written before. */
  endSegment(segment: number): void {
    const wanted = new Set([...this.#lists, ...this.#notes.keys()]);
    const content = new SegmentContent(this.#place, segment, wanted, this.#findings);
    for (const list of this.#lists) this.#referListed(list, content.values.get(list));
    for (const [ref, { session, line }] of this.#notes)
      this.#gone.note({ session, segment, line, said: content.values.get(ref) });
    for (const [ref, { session, at, lastLine }] of this.#referred) {
      if (content.whole.has(ref)) this.#whole += 1;
      else if (content.changed.has(ref)) this.#changed += 1;
      else this.#gone.add({ session, at, segment, line: lastLine });
    }
    this.#referred = new Map();
    this.#lists = new Set();
    this.#notes = new Map();
  }

  #referListed(list: string, items: unknown): void {
    const reference = this.#referred.get(list);
    if (!reference) return;
    for (const item of referencesIn(items))
      if (!this.#referred.has(item)) this.#referred.set(item, reference);
  }

  /** After the last segment. */
  end(): ValueCounts {
    return {
      whole: this.#whole,
      changed: this.#changed,
      withheld: this.#withheld,
      ...this.#gone.end(),
    };
  }
}
