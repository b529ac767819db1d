import type { AgentEvent } from "../../vocabulary/event.ts";
import type { Findings } from "./findings.ts";
import { GoneValues } from "./gone-values.ts";
import type { LanePlace } from "./lane-place.ts";
import { referencesOf } from "./references.ts";
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
    const content = new SegmentContent(this.#place, segment, this.#lists, this.#findings);
    for (const [ref, list] of content.listed) {
      const reference = this.#referred.get(list);
      if (reference && !this.#referred.has(ref)) this.#referred.set(ref, reference);
    }
    for (const [ref, { session, at, lastLine }] of this.#referred) {
      if (content.whole.has(ref)) this.#whole += 1;
      else if (content.changed.has(ref)) this.#changed += 1;
      else this.#gone.add({ session, at, segment, line: lastLine });
    }
    this.#referred = new Map();
    this.#lists = new Set();
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
