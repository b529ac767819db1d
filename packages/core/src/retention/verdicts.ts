import type { ReasonToStay, RetentionPolicy, SegmentFacts } from "./policy.ts";

/** What becomes of a segment. Absent from the list: nothing, and nothing was due. */
export type Verdict =
  | { readonly segment: number; readonly becomes: "warm" | "cold" }
  | { readonly segment: number; readonly becomes: null; readonly stays: ReasonToStay };

/** A session that was heard of since may go on, and its line in the ledger would not be whole. */
const quietMs = 24 * 60 * 60 * 1_000;

/**
 * What a policy makes of the complete segments of a lane, oldest first. Pure: it follows from the facts, the policy and the time. Where bytes decide, the oldest
 * that may go goes first, until the rest fits or nothing more may.
 */
export function verdicts(
  segments: readonly SegmentFacts[],
  policy: RetentionPolicy,
  now: number,
): readonly Verdict[] {
  const oldestFirst = segments.toSorted((left, right) => left.segment - right.segment);
  const judged = new Judgement(oldestFirst, policy, now);
  judged.byAge();
  judged.byBytes();
  return oldestFirst.flatMap(({ segment }) => judged.verdictOn(segment) ?? []);
}

class Judgement {
  readonly #segments: readonly SegmentFacts[];
  readonly #policy: RetentionPolicy;
  readonly #now: number;
  readonly #going: Map<number, "warm" | "cold"> = new Map();
  readonly #staying: Map<number, ReasonToStay> = new Map();

  constructor(segments: readonly SegmentFacts[], policy: RetentionPolicy, now: number) {
    this.#segments = segments;
    this.#policy = policy;
    this.#now = now;
  }

  byAge(): void {
    const { warmAfterMs, coldAfterMs } = this.#policy;
    for (const facts of this.#segments) {
      if (isPast(facts.newestAt, coldAfterMs, this.#now) && this.#cool(facts, coldAfterMs ?? 0))
        continue;
      if (isPast(facts.newestAt, warmAfterMs, this.#now)) this.#thin(facts);
    }
  }

  byBytes(): void {
    const { hotBytes, warmBytes } = this.#policy;
    const hot = this.#segments.filter((facts) => this.#isHot(facts));
    if (hotBytes !== null) lighten(hot, hotBytes, allBytes, (facts) => this.#thin(facts));
    const warm = this.#segments.filter((facts) => this.#isWarm(facts));
    if (warmBytes !== null)
      lighten(warm, warmBytes, entriesOnly, (facts) => this.#cool(facts, quietMs));
  }

  verdictOn(segment: number): Verdict | null {
    const becomes = this.#going.get(segment);
    if (becomes) return { segment, becomes };
    const stays = this.#staying.get(segment);
    return stays ? { segment, becomes: null, stays } : null;
  }

  /** False: its content stays. */
  #thin(facts: SegmentFacts): boolean {
    if (!this.#isHot(facts)) return false;
    const reason = this.#reasonToStay(facts);
    if (reason) this.#staying.set(facts.segment, reason);
    else this.#going.set(facts.segment, "warm");
    return reason === null;
  }

  /** False: its entries stay. `quiet`: for how long none of its sessions may have been heard of. */
  #cool(facts: SegmentFacts, quiet: number): boolean {
    const reason = this.#reasonToStay(facts) ?? this.#reasonNotToCool(facts, quiet);
    if (reason) this.#staying.set(facts.segment, reason);
    else this.#going.set(facts.segment, "cold");
    return reason === null;
  }

  #reasonToStay(facts: SegmentFacts): ReasonToStay | null {
    if (facts.isHeld) return "held";
    if (!isPast(facts.newestAt, this.#policy.atLeastMs, this.#now)) return "young";
    if (facts.isOpen) return "open";
    return facts.isDelivered ? null : "undelivered";
  }

  #reasonNotToCool(facts: SegmentFacts, quiet: number): ReasonToStay | null {
    const needed = Math.max(quiet, this.#policy.atLeastMs);
    if (!isPast(facts.heardAt ?? facts.newestAt, needed, this.#now)) return "active";
    if (!facts.isSealed) return "unsealed";
    return this.#isVouching(facts) ? "vouching" : null;
  }

  /** Its words about a segment that stays must stay with it. */
  #isVouching({ segment, vouchesFrom }: SegmentFacts): boolean {
    if (vouchesFrom === null) return false;
    return this.#segments.some(
      (other) =>
        other.segment >= vouchesFrom &&
        other.segment < segment &&
        this.#going.get(other.segment) !== "cold",
    );
  }

  #isHot({ segment, contentBytes }: SegmentFacts): boolean {
    return contentBytes > 0 && !this.#going.has(segment);
  }

  #isWarm({ segment, contentBytes }: SegmentFacts): boolean {
    const becomes = this.#going.get(segment);
    return becomes === "warm" || (becomes === undefined && contentBytes === 0);
  }
}

const allBytes = ({ contentBytes, entriesBytes }: SegmentFacts): number =>
  contentBytes + entriesBytes;
const entriesOnly = ({ entriesBytes }: SegmentFacts): number => entriesBytes;

/** Oldest first, until the rest keeps the bound. */
function lighten(
  segments: readonly SegmentFacts[],
  bound: number,
  bytesOf: (facts: SegmentFacts) => number,
  goes: (facts: SegmentFacts) => boolean,
): void {
  let left = segments.reduce((total, facts) => total + bytesOf(facts), 0);
  for (const facts of segments) {
    if (left <= bound) return;
    if (goes(facts)) left -= bytesOf(facts);
  }
}

function isPast(at: number | null, ms: number | null, now: number): boolean {
  return at !== null && ms !== null && at <= now - ms;
}
