import { existsSync } from "node:fs";
import { join } from "node:path";
import { hashedName, keysFolder } from "../../journal/disk/layout.ts";
import type { AgentEvent } from "../../vocabulary/event.ts";
import type { Findings } from "./findings.ts";
import { referencesOf } from "./references.ts";
import type { LanePlace } from "./lane-place.ts";
import { SegmentContent } from "./segment-content.ts";
import type { Evidence, ValueCounts } from "./verification.ts";

interface Reference {
  readonly session: string;
  readonly at: Partial<Evidence>;
}

/**
 * Whether what a lane's entries refer to is there, segment by segment: a segment holds all that its entries refer to. What is gone was erased
 * where the key of its subject is gone as well, else it is missing. The subject is the session itself, or a user whose name is content, so
 * it is known by what else of its session is still there.
 */
export class LaneValues {
  readonly #place: LanePlace;
  readonly #findings: Findings;
  /** Of the segment that is being read. */
  #referred: Map<string, Reference> = new Map();
  #lists: Set<string> = new Set();
  readonly #gone: Map<string, Partial<Evidence>[]> = new Map();
  readonly #sessionsWithValues: Set<string> = new Set();
  #whole = 0;
  #changed = 0;
  #withheld = 0;

  constructor(place: LanePlace, findings: Findings) {
    this.#place = place;
    this.#findings = findings;
  }

  see(event: AgentEvent, at: Partial<Evidence>): void {
    const { held, list } = referencesOf(event);
    if (list !== null) this.#lists.add(list);
    for (const one of held) {
      if (typeof one === "object") this.#withheld += 1;
      else if (!this.#referred.has(one)) this.#referred.set(one, { session: event.session, at });
    }
  }

  /** After the last entry of a segment: its content was written before. */
  endSegment(segment: number): void {
    const content = new SegmentContent(this.#place, segment, this.#lists, this.#findings);
    for (const [ref, list] of content.listed) {
      const reference = this.#referred.get(list);
      if (reference && !this.#referred.has(ref)) this.#referred.set(ref, reference);
    }
    for (const [ref, reference] of this.#referred) this.#count(ref, reference, content);
    this.#referred = new Map();
    this.#lists = new Set();
  }

  #count(ref: string, { session, at }: Reference, { whole, changed }: SegmentContent): void {
    if (whole.has(ref)) {
      this.#whole += 1;
      this.#sessionsWithValues.add(session);
    } else if (changed.has(ref)) {
      this.#changed += 1;
      this.#sessionsWithValues.add(session);
    } else {
      const places = this.#gone.get(session);
      if (places) places.push(at);
      else this.#gone.set(session, [at]);
    }
  }

  /** After the last segment. */
  end(): ValueCounts {
    let missing = 0;
    let erased = 0;
    for (const [session, places] of this.#gone) {
      if (this.#isErased(session)) {
        erased += places.length;
        continue;
      }
      missing += places.length;
      for (const at of places)
        this.#findings.find(
          "VALUE_MISSING",
          at,
          "a value that this entry refers to is gone, although the key of its subject is there",
        );
    }
    return {
      whole: this.#whole,
      changed: this.#changed,
      withheld: this.#withheld,
      erased,
      missing,
    };
  }

  #isErased(session: string): boolean {
    if (this.#sessionsWithValues.has(session)) return false;
    return !existsSync(join(keysFolder(this.#place.folder), hashedName(session)));
  }
}
