import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { contentReader } from "../../journal/context-book.ts";
import { diskJournal } from "../../journal/disk/disk-journal.ts";
import { journalReader } from "../../journal/disk/journal-reader.ts";
import type { Journal } from "../../journal/journal.ts";
import { createRecorder } from "../../recorder/recorder.ts";
import { parseEventLine } from "../../schema/parse.ts";
import * as say from "../../testing-kit/drafts.ts";
import { tickingClock } from "../../testing-kit/recording.ts";
import type { AgentEvent, EventDraft } from "../../vocabulary/event.ts";
import { referencesOf } from "../verify/references.ts";

/** Somebody of whom something was recorded: two users with two sessions each, and a session without a user. */
export interface Subject {
  readonly id: string;
  readonly userId?: string;
  readonly sessions: readonly string[];
  /** In all that they said. */
  readonly word: string;
}

export const anna: Subject = {
  id: "anna@example.com",
  userId: "anna@example.com",
  sessions: ["thread a1", "thread a2"],
  word: "Äpfel🦌„anna“",
};
export const bert: Subject = {
  id: "bert@example.com",
  userId: "bert@example.com",
  sessions: ["thread b1", "thread b2"],
  word: 'Birne\n"bert"',
};
export const nobody: Subject = { id: "thread n", sessions: ["thread n"], word: "niemand?>~ÿ" };
export const subjects: readonly Subject[] = [anna, bert, nobody];

const longList = 600;
export const maxContentBytes = 4_000;

/** A turn with all that can hold content: a context, a list of messages that is too long for an entry, a value that is cut, an interrupt that waits. */
function* turnOf({ userId, word }: Subject, session: string, turn: number): Generator<EventDraft> {
  const user = userId === undefined ? {} : { userId };
  const key = `turn ${turn}`;
  const said = (what: string): string => `${what} ${turn} in ${session}: ${word}`;
  const count = turn === 0 ? longList : 3;
  const messages = Array.from({ length: count }, (_, place) => said(`message ${place}`));
  if (turn === 0) yield say.sessionStarted({ session, ...user, native: { word } });
  yield say.turn(key, { session, ...user, input: said("question"), native: said("native") });
  yield say.model(`call ${turn}`, key, {
    session,
    context: { instructions: said("instructions"), tools: [said("tool")], messages },
    parameters: { stop: [word] },
  });
  yield say.ended("model", `call ${turn}`, {
    session,
    output: { nested: [said("answer")], long: said("long").repeat(200) },
  });
  yield {
    ...say.interrupt(key, `approval ${turn}`),
    session,
    payload: said("payload"),
  } as EventDraft;
  yield say.ended("turn", key, {
    session,
    outcome: { status: "suspended" },
    detail: said("detail"),
  });
}

/** Turns of everybody, one after the other in turns, through the real recorder. */
export function recordTurns(
  journal: Journal,
  turns: readonly number[],
  of: readonly Subject[] = subjects,
  clock: () => number = tickingClock(1_000),
): readonly AgentEvent[] {
  const recorded: AgentEvent[] = [];
  const recorder = createRecorder({
    journal,
    clock,
    maxContentBytes,
    recorded: (event) => void recorded.push(event),
  });
  for (const turn of turns)
    for (const subject of of)
      for (const session of subject.sessions)
        for (const draft of turnOf(subject, session, turn)) recorder.emit(draft);
  return recorded;
}

/** Two lanes of several segments each, that nobody writes any more. */
export async function recordedLanes(dir: string): Promise<void> {
  const journals = [0, 1].map(() =>
    diskJournal({ dir, segmentBytes: 100_000, clock: () => 1_000 }),
  );
  for (const [place, journal] of journals.entries())
    recordTurns(
      journal,
      [0, 1, 2, 3].map((turn) => turn + place * 4),
    );
  for (const journal of journals) await journal.close();
}

/** Each value that an event of the sessions refers to, as a reader gives it: by event, in order. */
export function valuesOf(dir: string, { sessions }: Subject): readonly unknown[] {
  const reader = journalReader(dir);
  const content = contentReader(reader);
  const events: AgentEvent[] = [];
  for (const { line } of reader.entries()) {
    const parsed = parseEventLine(line);
    if (parsed.ok && sessions.includes(parsed.event.session)) events.push(parsed.event);
  }
  for (const event of events) content.apply(event);
  return events.map((event) => {
    const context = event.type === "model.started" ? event.context : undefined;
    const messages = context && content.messages(context)?.map((held) => content.read(held));
    return [event.id, referencesOf(event).held.map((held) => content.read(held)), messages];
  });
}

/** The forms in which a text may lie in a file. */
export function formsOf(text: string): readonly Buffer[] {
  const utf8 = Buffer.from(text);
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replaceAll(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return [
    utf8,
    Buffer.from(text, "utf16le"),
    Buffer.from(text, "latin1"),
    Buffer.from(json),
    Buffer.from(ascii),
    Buffer.from(utf8.toString("hex")),
    Buffer.from(utf8.toString("hex").toUpperCase()),
    ...[0, 1, 2].flatMap((shift) => {
      const base64 = Buffer.concat([Buffer.alloc(shift), utf8]).toString("base64");
      const inner = base64.slice(shift === 0 ? 0 : 4, -4);
      return [Buffer.from(inner), Buffer.from(inner.replaceAll("+", "-").replaceAll("/", "_"))];
    }),
  ].filter(({ length }) => length > 4);
}

/** The files under a folder that hold a text in any form, or are called so. */
export function filesWith(dir: string, text: string): readonly string[] {
  const forms = formsOf(text);
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return path.includes(text) || forms.some((form) => bytes.includes(form));
    })
    .map((path) => path.slice(dir.length + 1));
}
