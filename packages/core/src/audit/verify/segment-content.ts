import { join } from "node:path";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import {
  contentFileName,
  contentFolder,
  keysFolder,
  namesIn,
  segmentFolder,
} from "../../journal/disk/layout.ts";
import { parseJson } from "../../journal/disk/parse-json.ts";
import { rawLinesIfThere } from "../../journal/disk/raw-lines.ts";
import { type ContentName, contentNameUnder } from "../../recorder/subject-key.ts";
import { readIfThere } from "../sealer/seal-layout.ts";
import { type ContentLine, parseContentLine } from "./content-line.ts";
import type { Findings } from "./findings.ts";
import type { LanePlace } from "./lane-place.ts";
import type { Evidence, FindingCode } from "./verification.ts";

const keyBytes = 32;

/** What the content files of a segment really hold: each value was compared with its reference. */
export class SegmentContent {
  /** References whose values are here, and are just what the references say. */
  readonly whole: Set<string> = new Set();
  /** References whose values are here, and are not shown to be theirs. */
  readonly changed: Set<string> = new Set();
  /** Of the whole ones, those that were asked for. */
  readonly values: Map<string, unknown> = new Map();
  readonly #wanted: ReadonlySet<string>;
  readonly #findings: Findings;

  /** `wanted`: the references whose values are asked for. */
  constructor(place: LanePlace, segment: number, wanted: ReadonlySet<string>, findings: Findings) {
    this.#wanted = wanted;
    this.#findings = findings;
    const folder = contentFolder(segmentFolder(place.folder, segment));
    for (const name of namesIn(folder)) {
      const path = join(folder, name);
      const at = { lane: place.lane, segment, file: place.nameOf(path) };
      const [, subject] = contentFileName.exec(name) ?? [];
      if (subject === undefined) this.#look(path, at);
      else this.#read(path, join(keysFolder(place.folder), subject), at);
    }
  }

  /** Readers find values by their references, whatever the file is called. */
  #look(path: string, at: Partial<Evidence>): void {
    const [line] = rawLinesIfThere(path);
    if (!line) return;
    const message =
      "no writer gives a file of content such a name, and readers could take its values for others";
    this.#findings.find("CONTENT_FOREIGN", at, message);
  }

  #read(path: string, keyPath: string, at: Partial<Evidence>): void {
    const key = subjectKey(keyPath);
    if ("code" in key) this.#findings.find(key.code, at, key.message);
    let number = 0;
    for (const { bytes } of rawLinesIfThere(path)) {
      number += 1;
      const line = parseContentLine(bytes);
      const here = { ...at, line: number };
      if (!line) this.#findings.find("CONTENT_UNREADABLE", here, "no value can be read here");
      else if ("code" in key) this.changed.add(line.ref);
      else if (key.nameOf(line.json) === line.ref) this.#keep(line);
      else this.#tell(line, here);
    }
  }

  #keep({ ref, json }: ContentLine): void {
    this.whole.add(ref);
    if (this.#wanted.has(ref)) this.values.set(ref, parseJson(json.toString("utf8")));
  }

  #tell({ ref }: ContentLine, here: Partial<Evidence>): void {
    this.changed.add(ref);
    const message = `the value is not the one that ${ref.slice(0, 16)}… refers to`;
    this.#findings.find("VALUE_CHANGED", here, message);
  }
}

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
