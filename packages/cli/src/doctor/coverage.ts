import { createRunTree, journalReader, type SessionView, type Span } from "@spoor/core";
import { importedSessions } from "../import/imported-sessions.ts";
import { recordedEvents } from "../record/recorded-events.ts";
import type { Coverage } from "./diagnosis.ts";

/** As many as somebody who asks why has in mind. */
const newest = 20;

/** What the newest sessions tell, and what of it is missing. `lastRecorded`: when the last of each session was written. */
export function coverageOf(dir: string, lastRecorded: ReadonlyMap<string, number>): Coverage {
  const wanted = new Set(
    [...lastRecorded]
      .toSorted(([, left], [, right]) => right - left)
      .slice(0, newest)
      .map(([session]) => session),
  );
  const tree = createRunTree();
  for (const event of recordedEvents(journalReader(dir), null))
    if (wanted.has(event.session)) tree.apply(event);
  return coverageIn(
    [...wanted].flatMap((session) => tree.session(session) ?? []),
    importedSessions(dir),
  );
}

/** A call that failed has used nothing that somebody would tell, and what a turn that is open tells, it may yet tell. */
function coverageIn(sessions: readonly SessionView[], imported: ReadonlySet<string>): Coverage {
  const spans = sessions.flatMap((session) => session.spans);
  const openTurns = new Set(
    spans.filter(({ kind, status }) => kind === "turn" && isOpen(status)).map(turnOf),
  );
  const calls = spans.filter(({ kind }) => kind === "model");
  const tools = spans.filter(({ kind }) => kind === "tool");
  return {
    sessions: sessions.length,
    // What was recorded without us may well have been a turn in which nothing was called.
    emptySessions: sessions.filter((session) => isEmpty(session) && !imported.has(session.id))
      .length,
    modelCalls: calls.length,
    callsWithoutUsage: calls.filter(({ status, usage }) => status === "ok" && usage === null)
      .length,
    toolCalls: tools.length,
    toolsWithoutResult: tools.filter((tool) => isOpen(tool.status) && !openTurns.has(turnOf(tool)))
      .length,
    unplaced: spans.filter(({ turnSpanId }) => turnSpanId === null).length,
  };
}

const isEmpty = ({ spans }: SessionView): boolean =>
  spans.every(({ kind, status }) => kind === "turn" && !isOpen(status));
const isOpen = (status: Span["status"]): boolean => status === "open" || status === "abandoned";
const turnOf = ({ turnSpanId }: Span): Span["turnSpanId"] => turnSpanId;
