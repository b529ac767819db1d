import { type Config, type Cursor, diskCursors, type Exporter, type Route } from "@spoor/core";
import type { CursorState, ExporterState, JournalState, UnreadableCursor } from "./diagnosis.ts";

/** What each exporter of a config gets, and how far it is in a journal. */
export function exporterStates(
  { exporters = [] }: Config,
  journal: JournalState | null,
): readonly ExporterState[] {
  return exporters.map((given) => {
    const route: Route = "to" in given ? given : ({ to: given } as Route);
    const { to, redact, content } = route;
    return {
      name: to.name,
      consumes: to.consumes,
      content: content ?? to.content ?? "full",
      sample: ("sample" in route ? route.sample : undefined) ?? 1,
      keepErrors: ("keepErrors" in route ? route.keepErrors : undefined) ?? false,
      redact: redact?.profile ?? null,
      destination: destinationOf(to),
      ...(journal ? standingOf(to.name, journal) : { cursors: [], unreadable: [] }),
      reachable: null,
    };
  });
}

/** A query may hold a key, and what stands before the host a password. Empty: it is no address. */
function destinationOf(exporter: Exporter): string | null {
  if (!("destination" in exporter) || typeof exporter.destination !== "string") return null;
  const url = URL.parse(exporter.destination);
  if (!url || !/^https?:$/.test(url.protocol)) return "";
  return `${url.origin}${url.pathname}${url.search === "" ? "" : "?…"}`;
}

function standingOf(
  exporter: string,
  { dir, lanes }: JournalState,
): Pick<ExporterState, "cursors" | "unreadable"> {
  const store = diskCursors(dir);
  const cursors: CursorState[] = [];
  const unreadable: UnreadableCursor[] = [];
  for (const { lane, lastSequence } of lanes)
    try {
      const cursor = store.load(exporter, lane);
      if (cursor) cursors.push(stateOf(cursor, lane, lastSequence));
    } catch (error) {
      unreadable.push({ lane, reason: error instanceof Error ? error.message : String(error) });
    }
  return { cursors, unreadable };
}

function stateOf(
  { sequence, outstanding, failure }: Cursor,
  lane: string,
  lastSequence: number,
): CursorState {
  const unread = Math.max(0, lastSequence - sequence);
  const state = { lane, unread, outstanding: outstanding.length };
  return failure === undefined ? state : { ...state, failure };
}
