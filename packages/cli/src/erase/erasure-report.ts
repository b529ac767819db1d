import type { EarlierErasures, LaneErasure } from "@spoor/core/audit";
import { plural } from "../printing/output.ts";
import { printable } from "../printing/printable.ts";

/** What was erased for programs. */
interface ErasureJson {
  readonly subject: string;
  /** `nothing`: nothing lay under the subject. `found`: it was only looked for. `incomplete`: a lane is still to be done. */
  readonly state: "erased" | "incomplete" | "found" | "nothing";
  readonly sessions: readonly string[];
  readonly bytes: number;
  readonly lanes: readonly LaneJson[];
  /** Where nothing lay there: what the record still tells. */
  readonly earlier: EarlierJson | null;
}

interface LaneJson {
  readonly lane: string;
  readonly state: LaneErasure["state"];
  readonly sessions: readonly string[];
  readonly files: number;
  readonly bytes: number;
  readonly error: string | null;
}

interface EarlierJson {
  readonly isSession: boolean;
  readonly erasedAt: string | null;
  readonly sessions: number;
  readonly lastAt: string | null;
}

export function erasureJson(subject: string, lanes: readonly LaneErasure[]): ErasureJson {
  return {
    subject,
    state: stateOf(lanes),
    sessions: sessionsOf(lanes),
    bytes: bytesOf(lanes),
    lanes: lanes.map(({ error, ...lane }) => ({ ...lane, error: error && error.message })),
    earlier: null,
  };
}

function stateOf(lanes: readonly LaneErasure[]): "erased" | "incomplete" | "found" {
  if (lanes.some(({ state }) => state === "found")) return "found";
  return lanes.every(({ state }) => state === "erased") ? "erased" : "incomplete";
}

/** What would go, lane by lane. */
export function foundLines(subject: string, lanes: readonly LaneErasure[]): readonly string[] {
  return [
    `would erase ${subject}: ${amountOf(lanes)}`,
    ...lanes.map(laneLine),
    "",
    "Nothing was changed. Without --dry-run this cannot be undone.",
  ].map(printable);
}

export function nothingJson(subject: string, earlier: EarlierErasures): ErasureJson {
  const { isSession, erasedAt, sessions, lastAt } = earlier;
  return {
    subject,
    state: "nothing",
    sessions: [],
    bytes: 0,
    lanes: [],
    earlier: {
      isSession,
      erasedAt: momentOrNull(erasedAt),
      sessions,
      lastAt: momentOrNull(lastAt),
    },
  };
}

/** For people: what is gone, lane by lane, and what no command can reach from here. */
export function erasureLines(subject: string, lanes: readonly LaneErasure[]): readonly string[] {
  const isDone = lanes.every(({ state }) => state === "erased");
  const what = amountOf(lanes);
  return [
    isDone
      ? `erased ${subject}: ${what}`
      : `not all of ${subject} is erased yet: ${what} were found`,
    ...lanes.map(laneLine),
    "",
    "Entries stay, with ids, times and names, and say that it was done; so do proofs. Not reached: what exporters have",
    "sent, backups and copies of this folder.",
  ].map(printable);
}

function laneLine({ lane, state, sessions, files, error }: LaneErasure): string {
  const where = `  lane ${lane}: `;
  const amount = `${plural(sessions.length, "session")} in ${plural(files, "file")}`;
  switch (state) {
    case "found":
      return `${where}${amount}`;
    case "erased":
      return `${where}erased, ${amount}`;
    case "waiting":
      return `${where}waits for the process that writes it, which erases as soon as it can; else whoever writes it next does`;
    case "failed":
      return `${where}not erased: ${error?.message ?? "no reason is known"}; it is tried again when the lane is next written`;
    default:
      return state satisfies never;
  }
}

/** What is known of a name under which nothing lies. */
export function nothingSentence(subject: string, earlier: EarlierErasures): string {
  const { isSession, erasedAt, sessions, lastAt } = earlier;
  if (erasedAt !== null) return `session ${subject} was erased already, at ${momentOf(erasedAt)}`;
  if (isSession)
    return `nothing lies under session ${subject}: what was said in it lies under its user, so name the user`;
  if (lastAt !== null)
    return `nothing lies under ${subject}: it was erased already, or never recorded here (${plural(sessions, "session")} of this journal ${sessions === 1 ? "was" : "were"} erased, the last at ${momentOf(lastAt)})`;
  return `nothing lies under ${subject}: no user and no session of this journal is called so`;
}

const sessionsOf = (lanes: readonly LaneErasure[]): readonly string[] => [
  ...new Set(lanes.flatMap(({ sessions }) => sessions)),
];
const bytesOf = (lanes: readonly LaneErasure[]): number =>
  lanes.reduce((sum, { bytes }) => sum + bytes, 0);

const amountOf = (lanes: readonly LaneErasure[]): string =>
  `${plural(bytesOf(lanes), "byte")} of ${plural(sessionsOf(lanes).length, "session")}`;

const momentOf = (ms: number): string => new Date(ms).toISOString();
const momentOrNull = (ms: number | null): string | null => (ms === null ? null : momentOf(ms));
