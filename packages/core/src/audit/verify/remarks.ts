import type { Findings } from "./findings.ts";
import { tellGaps } from "./gaps.ts";
import { count, moment } from "./in-words.ts";
import type { Trust } from "./trust.ts";
import type { LaneVerification } from "./verification.ts";

/** What is said of a lane beside its findings, and what nobody could check of it. */
export function tellLane(lane: LaneVerification, trust: Trust, findings: Findings): void {
  tellState(lane, findings);
  tellValues(lane, findings);
  if (lane.origin === null) {
    findings.leave(
      "NO_LOG",
      lane.lane,
      "there is no seal: the lane was never sealed, or its seal was taken away, and whoever can write its files can change it unseen",
    );
    return;
  }
  tellTrust(lane, trust, findings);
  tellWitnesses(lane, trust, findings);
}

function tellState(lane: LaneVerification, findings: Findings): void {
  const { tornBytes, unsealed, removed, tilesAhead } = lane;
  if (lane.origin === null && lane.entries > 0)
    findings.say("NOTHING_SEALED", lane.lane, `${count(lane.entries, "entry")}, and no seal`);
  else if (unsealed > 0)
    findings.say(
      "ENTRIES_UNSEALED",
      lane.lane,
      `the last ${count(unsealed, "entry")} ${unsealed === 1 ? "is" : "are"} under no signature yet`,
    );
  if (removed > 0)
    findings.say(
      "ENTRIES_REMOVED",
      lane.lane,
      `${count(removed, "entry")} went with the bound or when their time was over; of those that were sealed, the tiles have the hashes`,
    );
  if (tornBytes > 0)
    findings.say(
      "LINE_TORN",
      lane.lane,
      `${count(tornBytes, "byte")} behind the last whole line: a write that was cut short`,
    );
  tellGaps(lane, findings);
  if (tilesAhead > 0)
    findings.say(
      "TILES_AHEAD",
      lane.lane,
      `the tiles hold ${count(tilesAhead, "hash")} of entries that are not here and were never signed`,
    );
}

function tellValues(
  { lane, values: { withheld, erased, expired, lost } }: LaneVerification,
  findings: Findings,
): void {
  if (withheld > 0)
    findings.say(
      "VALUES_WITHHELD",
      lane,
      `${count(withheld, "value")} ${withheld === 1 ? "was" : "were"} never written down`,
    );
  if (expired > 0)
    findings.say(
      "VALUES_EXPIRED",
      lane,
      `${count(expired, "value")} went when their time was over, and their entries stayed`,
    );
  if (lost > 0)
    findings.say(
      "VALUES_LOST",
      lane,
      `${count(lost, "value")} could not be written, as many as the writer noted itself`,
    );
  if (erased + expired > 0)
    findings.leave(
      "ERASED_VALUES",
      lane,
      "whether it was lawful that values went: whoever can write the journal can take some away and write that they were to go; a checkpoint or a witness from before shows when that was written",
    );
}

function tellTrust(
  { lane, keyFrom, contains, unsealed, removed, witnessed }: LaneVerification,
  { checkpoints }: Trust,
  findings: Findings,
): void {
  if (keyFrom === null || keyFrom === "log")
    findings.leave(
      "NO_KEY",
      lane,
      "no key of this log was given, so it vouches for itself: whoever can write its files could have changed all of it and signed it anew with another key",
    );
  if (contains.length === 0 && witnessed.length === 0)
    findings.leave(
      "NO_OUTSIDE_CHECKPOINT",
      lane,
      checkpoints.length === 0
        ? "no checkpoint was kept elsewhere: whoever has the log's key could have rewritten it, and whoever can write its files could have put an older state back"
        : "no checkpoint that was kept elsewhere could be found in this log",
    );
  if (unsealed > 0)
    findings.leave(
      "UNSEALED_ENTRIES",
      lane,
      `${count(unsealed, "entry")} under no signature: ${unsealed === 1 ? "it" : "they"} could have been changed or cut off`,
    );
  if (removed > 0)
    findings.leave(
      "REMOVED_ENTRIES",
      lane,
      `what ${count(removed, "entry")} said that were removed: at most their hashes are left`,
    );
}

function tellWitnesses(
  { lane, witnessed, signed }: LaneVerification,
  { witnesses }: Trust,
  findings: Findings,
): void {
  if (witnesses.length === 0) {
    findings.leave(
      "NO_WITNESS",
      lane,
      "no key of a witness was given: whoever has the log's key could have shown others another history, or dated entries back",
    );
    return;
  }
  for (const { name } of witnesses) {
    const seen = witnessed.filter(({ witness }) => witness === name);
    const last = seen.toSorted((left, right) => left.size - right.size).at(-1);
    if (!last) {
      findings.find(
        "WITNESS_MISSING",
        { lane },
        `no checkpoint of this log is cosigned by ${name}`,
      );
    } else if (last.size < (signed ?? 0)) {
      findings.say(
        "WITNESSED_IN_PART",
        lane,
        `${name} saw the first ${count(last.size, "entry")} at ${moment(last.at)}; what follows rests on the log's signature alone`,
      );
    }
  }
}

/** What is not any one lane's. */
export function tellWhatNobodyCanSee(lanes: readonly LaneVerification[], findings: Findings): void {
  if (lanes.length === 0)
    findings.leave(
      "NO_LOG",
      null,
      "whether there ever was a log here: none is there, and none was asked for by its key or a checkpoint",
    );
  findings.leave(
    "NEVER_RECORDED",
    null,
    "what was never recorded: a log proves what was written into it, not that everything was",
  );
}
