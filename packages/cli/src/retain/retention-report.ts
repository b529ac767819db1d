import type { Going, LaneRetention, ReasonToStay } from "@spoor/core";
import { bytesText } from "../doctor/shown-value.ts";
import { plural } from "../printing/output.ts";

const reasons: Readonly<Record<ReasonToStay, string>> = {
  held: "somebody or some session in it is held",
  young: "it is younger than anything may be that goes",
  open: "something in it has begun and not ended",
  undelivered: "an exporter has still to read it",
  active: "a session in it goes on",
  unsealed: "its entries are not sealed yet: spoor seal",
  vouching: "it says of earlier segments that their content went lawfully",
};

/** For `--json`. */
export function retentionJson({
  lane,
  isHeld,
  warm,
  cold,
  staying,
  failure,
}: LaneRetention): object {
  return {
    lane,
    held: isHeld,
    warm: warm.map(goingJson),
    cold: cold.map(goingJson),
    staying,
    failure: failure?.message ?? null,
  };
}

const goingJson = ({ segment, sessions, entries, bytes }: Going): object => ({
  segment,
  sessions: sessions.length,
  entries,
  bytes,
});

/** For people. */
export function retentionLines(
  lanes: readonly LaneRetention[],
  isDryRun: boolean,
): readonly string[] {
  const lines = lanes.flatMap((lane) => linesOf(lane, isDryRun));
  return lines.length > 0 ? lines : [isDryRun ? "nothing would go" : "nothing was due"];
}

function linesOf(retention: LaneRetention, isDryRun: boolean): readonly string[] {
  const { lane, isHeld, warm, cold, staying, failure } = retention;
  const goes = isDryRun || isHeld ? "would go" : "went";
  const said = [
    ...warm.map((going) => `content ${goes}: ${goingText(going)}`),
    ...cold.map((going) => `entries ${goes}: ${goingText(going)}`),
    ...staying.map(({ segment, because }) => `stays: segment ${segment}, ${reasons[because]}`),
    ...(failure ? [`could not go: ${failure.message}`] : []),
  ];
  const byWhom =
    isHeld && said.length > 0 ? [`a process writes it, and applies its own config`] : [];
  return [...byWhom, ...said].map((line) => `lane ${lane}: ${line}`);
}

function goingText({ segment, sessions, entries, bytes }: Going): string {
  const all = `${entries.toLocaleString("en")} ${entries === 1 ? "entry" : "entries"}`;
  return `segment ${segment}, ${all} of ${plural(sessions.length, "session")}, ${bytesText(bytes)}`;
}
