import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Config, type Exporter, isRecord, type Route } from "@spoor/core";
import type { CursorState, ExporterState, JournalState } from "./diagnosis.ts";

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
      cursors: journal ? cursorsOf(to.name, journal) : [],
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

function cursorsOf(exporter: string, { dir, lanes }: JournalState): readonly CursorState[] {
  return lanes.flatMap(({ lane, lastSequence }) => {
    const cursor = readCursor(
      join(dir, "cursors", encodeURIComponent(exporter), `${encodeURIComponent(lane)}.json`),
    );
    if (!cursor) return [];
    const unread = Math.max(0, lastSequence - cursor.sequence);
    return [{ lane, unread, outstanding: cursor.outstanding }];
  });
}

/** Null where there is none, or it cannot be read: that exporter has not started there as far as anybody can tell. */
function readCursor(
  path: string,
): { readonly sequence: number; readonly outstanding: number } | null {
  try {
    const cursor: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (!isRecord(cursor) || typeof cursor["sequence"] !== "number") return null;
    const { sequence, outstanding } = cursor;
    return { sequence, outstanding: Array.isArray(outstanding) ? outstanding.length : 0 };
  } catch {
    return null;
  }
}
