import { join } from "node:path";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import {
  contentFileName,
  contentFolder,
  keysFolder,
  namesIn,
  segmentFolder,
} from "../../journal/disk/layout.ts";
import { rawLinesIfThere } from "../../journal/disk/raw-lines.ts";
import { type ContentName, contentNameUnder } from "../../recorder/subject-key.ts";
import { readIfThere } from "../sealer/seal-layout.ts";
import { type ContentLine, parseContentLine } from "./content-line.ts";
import type { Findings } from "./findings.ts";
import type { LanePlace } from "./lane-place.ts";
import type { Evidence, FindingCode } from "./verification.ts";

/** A value, as it lies in a segment. */
export interface FoundValue extends ContentLine {
  /** It was worked out to be just what its reference says; else it is another one, or nobody can tell. */
  readonly isWhole: boolean;
}

/** What the content files of a segment really hold: each value was compared with its reference. What is wrong with it is told in `findings`. */
export function* valuesIn(
  place: LanePlace,
  segment: number,
  findings: Findings,
): Generator<FoundValue> {
  const folder = contentFolder(segmentFolder(place.folder, segment));
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    const at = { lane: place.lane, segment, file: place.nameOf(path) };
    const [, subject] = contentFileName.exec(name) ?? [];
    if (subject === undefined) mustHoldNoValue(path, at, findings);
    else yield* valuesOf(path, join(keysFolder(place.folder), subject), at, findings);
  }
}

/** Readers find values by their references, whatever the file is called. */
function mustHoldNoValue(path: string, at: Partial<Evidence>, findings: Findings): void {
  const [line] = rawLinesIfThere(path);
  if (!line) return;
  const message =
    "no writer gives a file of content such a name, and readers could take its values for others";
  findings.find("CONTENT_FOREIGN", at, message);
}

function* valuesOf(
  path: string,
  keyPath: string,
  at: Partial<Evidence>,
  findings: Findings,
): Generator<FoundValue> {
  const key = subjectKey(keyPath);
  if ("code" in key) findings.find(key.code, at, key.message);
  let number = 0;
  for (const { bytes } of rawLinesIfThere(path)) {
    number += 1;
    const line = parseContentLine(bytes);
    if (!line) {
      findings.find("CONTENT_UNREADABLE", { ...at, line: number }, "no value can be read here");
      continue;
    }
    const { ref, json } = line;
    const isWhole = "nameOf" in key && key.nameOf(json) === ref;
    if ("nameOf" in key && !isWhole) {
      const message = `the value is not the one that ${ref.slice(0, 16)}… refers to`;
      findings.find("VALUE_CHANGED", { ...at, line: number }, message);
    }
    yield { ref, json, isWhole };
  }
}

const keyBytes = 32;

type SubjectKey =
  | { readonly nameOf: ContentName }
  | { readonly code: FindingCode; readonly message: string };

/** Without its key a value could be anything: that it is still there is no erasure. */
function subjectKey(path: string): SubjectKey {
  const bytes = readIfThere(path, nodeFileSystem);
  if (bytes?.length === keyBytes) return { nameOf: contentNameUnder(bytes) };
  const so = "so nobody can tell whether its values were changed";
  return bytes
    ? {
        code: "SUBJECT_KEY_MALFORMED",
        message: `the key of this subject has ${bytes.length} bytes instead of ${keyBytes}, ${so}`,
      }
    : { code: "SUBJECT_KEY_MISSING", message: `the key of this subject is gone, ${so}` };
}
