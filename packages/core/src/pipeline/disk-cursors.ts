import { join } from "node:path";
import { type FileSystem, nodeFileSystem } from "../journal/disk/file-system.ts";
import { asError, isMissing, JournalError } from "../journal/disk/journal-error.ts";
import { makeJournalFolder } from "../journal/disk/make-journal-folder.ts";
import { parseJson } from "../journal/disk/parse-json.ts";
import { replaceFile } from "../journal/disk/replace-file.ts";
import { isRecord } from "../vocabulary/json.ts";
import type { Cursor, CursorStore } from "./cursor.ts";

/** Cursors as files: `cursors/<exporter>/<lane>.json` in the journal's folder, replaced whole. The one place that knows what stands in them. */
export function diskCursors(dir: string, files: FileSystem = nodeFileSystem): CursorStore {
  const fileOf = (exporter: string, lane: string): string =>
    join(dir, "cursors", fileName(exporter), `${fileName(lane)}.json`);
  return {
    load(exporter, lane) {
      const file = fileOf(exporter, lane);
      const text = textOf(file, files);
      return text === null ? null : (cursorIn(parseJson(text)) ?? failAsUnreadable(file));
    },
    save(exporter, lane, cursor) {
      makeJournalFolder(dir);
      const text = JSON.stringify({ v: 0, ...cursor });
      replaceFile(files, fileOf(exporter, lane), text);
    },
  };
}

/** Also of a name that would be a way to another folder. */
function fileName(name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed());
  return /^\.+$/.test(encoded) ? encoded.replaceAll(".", "%2E") : encoded;
}

/** Null: it is not there. Throws what the disk says. */
function textOf(file: string, files: FileSystem): string | null {
  try {
    return files.readWhole(file).toString("utf8");
  } catch (cause) {
    if (isMissing(cause)) return null;
    return failAsUnreadable(file, cause);
  }
}

function failAsUnreadable(file: string, cause?: unknown): never {
  const reason = cause === undefined ? "it is no cursor of this version" : asError(cause).message;
  throw new JournalError("CURSOR_UNREADABLE", `cannot read the cursor ${file}: ${reason}`, {
    fix: "Put it right, or remove it to have only what is recorded from then on.",
    cause,
  });
}

/** Null where it is not a cursor of this version. */
function cursorIn(value: unknown): Cursor | null {
  if (!isRecord(value) || value["v"] !== 0 || !isRecord(value["foldFrom"])) return null;
  const { sequence, outstanding, failure } = value;
  const { segment, offset } = value["foldFrom"];
  return typeof sequence === "number" &&
    typeof segment === "number" &&
    typeof offset === "number" &&
    Array.isArray(outstanding)
    ? {
        sequence,
        foldFrom: { segment, offset },
        outstanding: outstanding.map(String),
        ...(typeof failure === "string" ? { failure } : {}),
      }
    : null;
}
