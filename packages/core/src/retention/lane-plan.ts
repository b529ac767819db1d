import { type FileSystem, nodeFileSystem } from "../journal/disk/file-system.ts";
import { journalReader } from "../journal/disk/journal-reader.ts";
import { laneFolder, segmentFolder, segmentNumbers } from "../journal/disk/layout.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import { holdOf } from "./held.ts";
import { factsAtBest, factsInFull } from "./lane-facts.ts";
import type { ReasonToStay, RetentionPolicy, SegmentFacts } from "./policy.ts";
import { sealedBefore } from "./sealed-part.ts";
import { type Survey, surveyOf } from "./survey.ts";
import { type Verdict, verdicts } from "./verdicts.ts";

/** A segment from which something goes. */
export interface Going {
  readonly segment: number;
  readonly sessions: readonly string[];
  readonly entries: number;
  /** How much goes. */
  readonly bytes: number;
}

/** What a policy makes of a lane at a time. */
export interface LanePlan {
  readonly lane: string;
  /** Their content goes. */
  readonly warm: readonly Going[];
  /** They go, and a line a session stays. */
  readonly cold: readonly Going[];
  /** Something of them would be due. */
  readonly staying: readonly { readonly segment: number; readonly because: ReasonToStay }[];
  /** How many entries each session has whose entries go. */
  readonly ledger: ReadonlyMap<string, number>;
}

export interface PlanOptions {
  readonly dir: string;
  readonly lane: string;
  readonly policy: RetentionPolicy;
  readonly now: number;
  readonly parse: (line: string) => AgentEvent | null;
  /** Everyone who reads the lane has read this segment. */
  readonly isDelivered: (segment: number) => boolean;
  /** The lane has to be under a seal, also where it has none yet. */
  readonly isToBeSealed: boolean;
  /** Work of which nothing was heard for so long is over. */
  readonly abandonAfterMs: number;
  readonly files?: FileSystem;
  /** Lets others work; awaited again and again. Where it rejects, the rest is put off. */
  readonly breathe?: () => Promise<void>;
}

/**
 * What would go from a lane now. Changes nothing. Where a look at the segments says that nothing can be due, they are not read. Rejects with what the disk
 * says.
 */
export async function planOf(options: PlanOptions): Promise<LanePlan> {
  const { dir, lane, policy, now, parse, files = nodeFileSystem, breathe = noBreath } = options;
  const folder = laneFolder(dir, Number(lane));
  const looked: SegmentFacts[] = [];
  for (const segment of segmentNumbers(folder)) {
    looked.push(factsAtBest(folder, segment, files));
    await breathe();
  }
  const best = candidates(looked, policy, now);
  if (verdicts(best, policy, now).length === 0)
    return { lane, warm: [], cold: [], staying: [], ledger: new Map() };
  const hold = holdOf(policy.hold, dir, files);
  const survey = await surveyOf({
    reader: journalReader(dir, files),
    parse,
    isHeld: (of, session, user) => hold.session(of, session, user),
    breathe,
  });
  const circumstances = {
    lane,
    survey,
    isHeld: (segment: number) => hold.segment(segmentFolder(folder, segment)),
    isDelivered: options.isDelivered,
    sealedBefore: sealedBefore(folder, options.isToBeSealed, files),
    abandonedBefore: now - options.abandonAfterMs,
  };
  const facts = best.map((segment) => factsInFull(segment, circumstances));
  return judged(lane, facts, survey, verdicts(facts, policy, now));
}

export const noBreath = (): Promise<void> => Promise.resolve();

/** The last segment may grow: bytes never decide about it, and age only where its last entry is of an age to go. */
function candidates(
  facts: readonly SegmentFacts[],
  policy: RetentionPolicy,
  now: number,
): readonly SegmentFacts[] {
  const current = facts.at(-1);
  if (!current) return [];
  const byAge = verdicts([current], { ...policy, hotBytes: null, warmBytes: null }, now);
  return byAge.length > 0 ? facts : facts.slice(0, -1);
}

function judged(
  lane: string,
  facts: readonly SegmentFacts[],
  survey: Survey,
  verdicts: readonly Verdict[],
): LanePlan {
  const of = new Map(facts.map((segment) => [segment.segment, segment]));
  const going = (segment: number, becomes: "warm" | "cold"): Going => {
    const { sessions = [], entries = 0 } = survey.lanes.get(lane)?.get(segment) ?? {};
    const { contentBytes = 0, entriesBytes = 0 } = of.get(segment) ?? {};
    const bytes = contentBytes + (becomes === "cold" ? entriesBytes : 0);
    return { segment, sessions: [...sessions], entries, bytes };
  };
  const became = (becomes: "warm" | "cold"): readonly Going[] =>
    verdicts.flatMap((verdict) =>
      verdict.becomes === becomes ? [going(verdict.segment, becomes)] : [],
    );
  const cold = became("cold");
  const sessions = new Set(cold.flatMap((segment) => segment.sessions));
  return {
    lane,
    warm: became("warm"),
    cold,
    staying: verdicts.flatMap((verdict) =>
      verdict.becomes === null ? [{ segment: verdict.segment, because: verdict.stays }] : [],
    ),
    ledger: new Map([...sessions].map((id) => [id, survey.sessions.get(id)?.entries ?? 0])),
  };
}
