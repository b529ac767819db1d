import { resolve } from "node:path";
import { laneNumbers } from "../../journal/disk/layout.ts";
import { Findings } from "./findings.ts";
import { verifyLaneAtRest } from "./lane-at-rest.ts";
import { OpenTurns } from "./open-turns.ts";
import { originOf } from "./outside-checkpoints.ts";
import { tellLane, tellWhatNobodyCanSee } from "./remarks.ts";
import { noTrust, type Trust } from "./trust.ts";
import type { LaneVerification, Verification } from "./verification.ts";

/**
 * Recomputes a journal's evidence from its bytes, and tells all that is wrong with it and all that could not be checked. Takes nothing and changes
 * nothing; writers and sealers may go on meanwhile, and so may the bound and who erases. Throws an `AuditError` where a checkpoint that was brought along
 * is none or a witness was named twice.
 */
export function verifyJournal(dir: string, trust: Trust = noTrust): Verification {
  const findings = new Findings();
  const turns = new OpenTurns();
  const folder = resolve(dir);
  const asked = originsOf(trust);
  const alone = laneNumbers(folder).map((number) =>
    verifyLaneAtRest({ dir: folder, number, trust, findings, turns }),
  );
  const lanes: readonly LaneVerification[] = alone.map((lane) => ({
    ...lane,
    openTurns: turns.countIn(lane.lane),
  }));
  mustBeThereOnce(asked, lanes, findings);
  for (const lane of lanes) mustBeInItsPlace(lane, findings);
  for (const lane of lanes.filter(({ readable }) => readable)) tellLane(lane, trust, findings);
  tellWhatNobodyCanSee(lanes, findings);
  const { said, unchecked, unlisted } = findings;
  return { lanes, findings: findings.findings, unlisted, said, unchecked };
}

/** The logs that whoever asks knows of. */
function originsOf({ keys, checkpoints }: Trust): ReadonlySet<string> {
  return new Set([...keys.map(({ name }) => name), ...checkpoints.map(originOf)]);
}

/** Each log that is asked for is there, and no log is there twice. */
function mustBeThereOnce(
  asked: ReadonlySet<string>,
  lanes: readonly LaneVerification[],
  findings: Findings,
): void {
  const origins = Map.groupBy(lanes, ({ origin }) => origin);
  for (const origin of asked)
    if (!origins.has(origin))
      findings.find("LOG_MISSING", {}, `there is no log here that is called ${origin}`);
  for (const [origin, twins] of origins) {
    if (origin === null || twins.length === 1) continue;
    const names = twins.map(({ lane }) => lane).join(" and ");
    findings.find("LOG_TWICE", {}, `lanes ${names} both say that they are ${origin}`);
  }
}

/** A log says in its name of which lane it is. */
function mustBeInItsPlace({ lane, origin }: LaneVerification, findings: Findings): void {
  if (origin === null || origin.endsWith(`/${lane}`)) return;
  findings.find("LOG_ELSEWHERE", { lane }, `says that it is ${origin}, and lies in lane ${lane}`);
}
