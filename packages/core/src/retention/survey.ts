import type { JournalReader } from "../journal/journal.ts";
import type { AgentEvent, Held, Key } from "../vocabulary/event.ts";
import { isClosing, isOpening } from "../vocabulary/event-kind.ts";

/** What lies in one segment of a lane. */
export interface SurveyedSegment {
  /** Of whom something was recorded here, beyond words about what went. */
  readonly sessions: ReadonlySet<string>;
  readonly entries: number;
  /** The earliest segment of which it is said here that content went; null: of none. */
  readonly vouchesFrom: number | null;
}

/** What the lanes of a journal hold of one session. */
export interface SurveyedSession {
  readonly heardAt: number;
  readonly entries: number;
  /** Something in it began that nobody has seen ending. */
  readonly isOpen: boolean;
  /** It is of somebody of whom nothing goes. */
  readonly isHeld: boolean;
}

export interface Survey {
  /** By lane, then by segment. */
  readonly lanes: ReadonlyMap<string, ReadonlyMap<number, SurveyedSegment>>;
  readonly sessions: ReadonlyMap<string, SurveyedSession>;
}

export interface SurveyOptions {
  readonly reader: JournalReader;
  readonly parse: (line: string) => AgentEvent | null;
  /** Whether a session or the reference to its user, found in this lane, is of somebody of whom nothing goes. */
  readonly isHeld: (lane: string, session: string, user: Held | undefined) => boolean;
  /** Lets others work; awaited again and again. */
  readonly breathe: () => Promise<void>;
}

const entriesPerBreath = 256;

/** Reads all lanes once. Entries that nobody can read belong to nobody. Rejects with what the disk says. */
export async function surveyOf({ reader, parse, isHeld, breathe }: SurveyOptions): Promise<Survey> {
  const lanes = new Map<string, Map<number, OpenSegment>>();
  const sessions = new Map<string, OpenSession>();
  let read = 0;
  for (const { lane, position, line } of reader.entries()) {
    read += 1;
    if (read % entriesPerBreath === 0) await breathe();
    const segment = segmentOf(lanes, lane, position.segment);
    segment.entries += 1;
    const event = parse(line);
    if (!event) continue;
    if (event.type === "record.reduced") noteWord(segment, event);
    else {
      segment.sessions.add(event.session);
      const user = "userId" in event ? event.userId : undefined;
      noteEvent(sessions, event, isHeld(lane, event.session, user));
    }
  }
  return { lanes, sessions: new Map([...sessions].map(([id, open]) => [id, surveyed(open)])) };
}

interface OpenSegment {
  readonly sessions: Set<string>;
  entries: number;
  vouchesFrom: number | null;
}

interface OpenSession {
  heardAt: number;
  entries: number;
  isHeld: boolean;
  readonly open: Set<Key>;
}

function segmentOf(
  lanes: Map<string, Map<number, OpenSegment>>,
  lane: string,
  number: number,
): OpenSegment {
  const segments = lanes.get(lane) ?? new Map<number, OpenSegment>();
  lanes.set(lane, segments);
  const segment = segments.get(number) ?? { sessions: new Set(), entries: 0, vouchesFrom: null };
  segments.set(number, segment);
  return segment;
}

/** A word that names no segment is about all that came before. */
function noteWord(
  segment: OpenSegment,
  { what, segment: about = 0 }: AgentEvent & { readonly type: "record.reduced" },
): void {
  if (what === "content") segment.vouchesFrom = Math.min(segment.vouchesFrom ?? about, about);
}

function noteEvent(sessions: Map<string, OpenSession>, event: AgentEvent, isHeld: boolean): void {
  const session = sessions.get(event.session) ?? {
    heardAt: event.recordedAt,
    entries: 0,
    isHeld: false,
    open: new Set<Key>(),
  };
  sessions.set(event.session, session);
  session.heardAt = Math.max(session.heardAt, event.recordedAt);
  session.entries += 1;
  session.isHeld ||= isHeld;
  if (isOpening(event)) session.open.add(event.key);
  else if (isClosing(event)) session.open.delete(event.key);
}

const surveyed = ({ heardAt, entries, isHeld, open }: OpenSession): SurveyedSession => ({
  heardAt,
  entries,
  isHeld,
  isOpen: open.size > 0,
});
