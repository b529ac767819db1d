import type { AgentEvent } from "../../vocabulary/event.ts";
import type { Findings } from "./findings.ts";
import { GoneValues } from "./gone-values.ts";
import type { LanePlace } from "./lane-place.ts";
import { referencesOf } from "./references.ts";
import { valuesIn } from "./segment-content.ts";
import { SegmentReferences } from "./segment-references.ts";
import type { Evidence, ValueCounts } from "./verification.ts";

/** Whether what a lane's entries refer to is there, segment by segment: a segment holds all that its entries refer to. */
export class LaneValues {
  readonly #place: LanePlace;
  readonly #findings: Findings;
  /** Of the segment that is being read. */
  #references: SegmentReferences = new SegmentReferences();
  readonly #gone: GoneValues;
  #whole = 0;
  #changed = 0;
  #withheld = 0;

  constructor(place: LanePlace, findings: Findings) {
    this.#place = place;
    this.#findings = findings;
    this.#gone = new GoneValues(place, findings);
  }

  /** `line`: of the entry in its segment, from 1. */
  see(event: AgentEvent, line: number): void {
    const references = referencesOf(event);
    for (const one of references.held) if (typeof one === "object") this.#withheld += 1;
    this.#references.add(event, references, line);
  }

  /** After the last entry of a segment: its content was written before. `entries`: where they lie. */
  endSegment(segment: number, entries: Partial<Evidence>): void {
    const references = this.#references;
    for (const value of valuesIn(this.#place, segment, this.#findings)) references.find(value);
    for (const loss of references.notedLosses()) this.#gone.note({ ...loss, segment });
    for (const { session, firstLine, lastLine, standing } of references.values())
      if (standing === "whole") this.#whole += 1;
      else if (standing === "changed") this.#changed += 1;
      else {
        const at = { ...entries, line: firstLine };
        this.#gone.add({ session, at, segment, line: lastLine });
      }
    this.#references = new SegmentReferences();
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
