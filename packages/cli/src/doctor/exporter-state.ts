import { type Cursor, diskCursors, type Exporter, type Route } from "@spoor/core";
import type { CursorState, ExporterState, JournalState, UnreadableCursor } from "./diagnosis.ts";

/** What each of them gets, and how far it is in a journal. */
export function exporterStates(
  routes: readonly Route[],
  journal: JournalState | null,
): readonly ExporterState[] {
  return routes.map((route) => {
    const { to, redact, content } = route;
    return {
      name: to.name,
      consumes: to.consumes,
      companionOf: routes.find((other) => companionIn(other) === to)?.to.name ?? null,
      takes: to.consumes === "events" ? (to.takes ?? null) : null,
      content: content ?? to.content ?? "full",
      sample: shareOf(route),
      keepErrors: ("keepErrors" in route ? route.keepErrors : undefined) ?? false,
      redact: redact?.profile ?? null,
      destination: destinationOf(to),
      ...(journal ? standingOf(to.name, journal) : { cursors: [], unreadable: [] }),
      reachable: null,
      trouble: null,
    };
  });
}

const companionIn = ({ to }: Route): Exporter | undefined =>
  to.consumes === "spans" ? to.companion : undefined;

function shareOf(route: Route): number {
  if ("share" in route) return route.share ?? 1;
  const own = route.to.consumes === "spans" ? route.to.sample : undefined;
  return ("sample" in route ? route.sample : undefined) ?? own ?? 1;
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
