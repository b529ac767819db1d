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
        return cursorIn(JSON.parse(readFileSync(fileOf(exporter, lane)).toString()));
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

/** Null where it is not a cursor of this version. */
function cursorIn(value: unknown): Cursor | null {
  if (!isRecord(value) || value["v"] !== 0 || !isRecord(value["foldFrom"])) return null;
  const { sequence, outstanding } = value;
  const { segment, offset } = value["foldFrom"];
  return typeof sequence === "number" &&
    typeof segment === "number" &&
    typeof offset === "number" &&
    Array.isArray(outstanding)
    ? { sequence, foldFrom: { segment, offset }, outstanding: outstanding.map(String) }
    : null;
}
