import { isRecord } from "../../vocabulary/json.ts";
import type { About } from "../say-reduced.ts";
import type { FileSystem } from "./file-system.ts";
import { isMissing } from "./journal-error.ts";
import { parseJson } from "./parse-json.ts";
import { rawLines } from "./raw-lines.ts";

/** What an entry says of values that are gone. */
export interface WordOfReduction extends Pick<About, "why" | "segment"> {
  readonly session: string;
  readonly reason?: string;
}

const type = "record.reduced";

/** What the entries of a file say of values that are gone. Throws what the disk says. */
export function* wordsOfReduction(path: string, files: FileSystem): Generator<WordOfReduction> {
  try {
    for (const { bytes } of rawLines(path, 0, files)) {
      const word = bytes.includes(`"${type}"`) ? wordIn(parseJson(bytes.toString("utf8"))) : null;
      if (word) yield word;
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function wordIn(entry: unknown): WordOfReduction | null {
  if (!isRecord(entry) || entry["type"] !== type || entry["what"] !== "content") return null;
  const { session, why, segment, reason } = entry;
  if (typeof session !== "string" || (why !== "erasure" && why !== "retention")) return null;
  return {
    session,
    why,
    ...(typeof segment === "number" ? { segment } : {}),
    ...(typeof reason === "string" ? { reason } : {}),
  };
}
