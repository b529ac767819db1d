import type { Finding, JournalState, LaneState, SealState } from "./diagnosis.ts";
import { note, problem } from "./finding.ts";
import { durationText } from "./shown-value.ts";

/** A seal comes a moment after what it covers; what waits for longer is waiting for somebody. */
const patienceMs = 300_000;

/** What a glance at the seals tells. Nothing where nobody seals, and nobody is to. */
export function sealFindings(journal: JournalState): readonly Finding[] {
  const { lanes, sealed } = journal;
  if (!sealed && lanes.every(({ seal }) => seal === null)) return [];
  return lanes.flatMap((lane) =>
    lane.seal ? laneFindings(lane, lane.seal, journal) : unsealedLane(lane, journal),
  );
}

function unsealedLane({ lane, entries }: LaneState, { sealed }: JournalState): readonly Finding[] {
  if (entries === 0) return [];
  const tell = sealed ? problem : note;
  const message = `lane ${lane} has no seal: what lies in it can be changed unseen`;
  return [tell("LANE_NOT_SEALED", message, sealNow(sealed))];
}

function laneFindings(
  { lane, writer }: LaneState,
  { problems, keyExposed, unsealed, unsealedForMs }: SealState,
  { sealed, dir }: JournalState,
): readonly Finding[] {
  const isBehind = unsealed > 0 && (unsealedForMs === null || unsealedForMs > patienceMs);
  const tell = sealed ? problem : note;
  const waiting = unsealedForMs === null ? "" : `, the first for ${durationText(unsealedForMs)}`;
  const entries = unsealed === 1 ? "1 entry is" : `${unsealed.toLocaleString("en")} entries are`;
  const behind = `lane ${lane}: ${entries} under no signature${waiting}`;
  return [
    ...problems.map((message) =>
      problem(
        "SEAL_BROKEN",
        `the seal of lane ${lane} must not be believed: ${message}`,
        "Run spoor verify, which says all that is wrong, and restore the seal from a copy.",
      ),
    ),
    ...(keyExposed
      ? [
          problem(
            "SEAL_KEY_EXPOSED",
            `others on this machine may read the private key of lane ${lane}: whoever has it can sign another history`,
            `chmod 600 ${dir}/lanes/${lane}/seal/key, and spoor seal --new-key where somebody may have read it.`,
          ),
        ]
      : []),
    ...(isBehind
      ? [
          tell(
            "SEAL_BEHIND",
            sealed && writer.state === "writing" ? `${behind}, though a process writes it` : behind,
            sealNow(sealed),
          ),
        ]
      : []),
  ];
}

const sealNow = (sealed: boolean): string =>
  sealed
    ? "spoor seal says why; a process that records with audit() seals what others have left."
    : "Run spoor seal, or record with audit() of @spoor/core/audit.";
