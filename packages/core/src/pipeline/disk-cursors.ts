import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isRecord } from "../vocabulary/json.ts";
import type { Cursor, CursorStore } from "./cursor.ts";

/** Cursors as files: `cursors/<exporter>/<lane>.json` in the journal's folder, replaced whole. */
export function diskCursors(dir: string): CursorStore {
  const fileOf = (exporter: string, lane: string): string =>
    join(dir, "cursors", encodeURIComponent(exporter), `${encodeURIComponent(lane)}.json`);
  return {
    load(exporter, lane) {
      try {
        return cursorIn(JSON.parse(readFileSync(fileOf(exporter, lane), "utf8")));
      } catch {
        return null;
      }
    },
    save(exporter, lane, cursor) {
      const file = fileOf(exporter, lane);
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(`${file}.next`, JSON.stringify({ v: 0, ...cursor }));
        renameSync(`${file}.next`, file);
      } catch {
        return;
      }
    },
  };
}

/** Null where it is not a cursor: then everything that the lane holds is sent. */
function cursorIn(value: unknown): Cursor | null {
  if (!isRecord(value) || !isRecord(value["foldFrom"]) || !Array.isArray(value["acknowledged"]))
    return null;
  const { segment, offset } = value["foldFrom"];
  if (typeof segment !== "number" || typeof offset !== "number") return null;
  return { foldFrom: { segment, offset }, acknowledged: value["acknowledged"].map(String) };
}
