import { Buffer } from "node:buffer";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ContentRef } from "../../vocabulary/event.ts";
import { isRecord, type JsonValue } from "../../vocabulary/json.ts";
import type { StoredContent } from "../content.ts";
import { refOf } from "./content-writer.ts";
import { contentFolder, namesIn } from "./layout.ts";
import { lineHeads } from "./line-heads.ts";
import { parseJson } from "./parse-json.ts";

interface ContentFile {
  readonly path: string;
  /** Up to here its references are known. */
  scannedTo: number;
}

interface Place {
  readonly file: ContentFile;
  readonly offset: number;
  readonly length: number;
}

/** Where the values of one segment lie. Only places are kept; values are read when they are asked for. */
export class ContentIndex {
  readonly #folder: string;
  readonly #files: Map<string, ContentFile> = new Map();
  readonly #places: Map<ContentRef, Place> = new Map();
  #isComplete = false;

  constructor(segment: string) {
    this.#folder = contentFolder(segment);
  }

  /** Null: not known here, or not readable any more. Never throws. */
  find(ref: ContentRef): StoredContent | null {
    const place = this.#places.get(ref);
    return place ? storedAt(place, ref) : null;
  }

  /** The length of its line: null where it is not known here. */
  sizeOf(ref: ContentRef): number | null {
    return this.#places.get(ref)?.length ?? null;
  }

  /** Looks for what came since. A segment that has a successor is looked at once more, then never again. */
  refresh(hasSuccessor: boolean): void {
    if (this.#isComplete) return;
    for (const name of namesIn(this.#folder)) this.#scan(name);
    this.#isComplete = hasSuccessor;
  }

  #scan(name: string): void {
    let file = this.#files.get(name);
    if (!file) {
      file = { path: join(this.#folder, name), scannedTo: 0 };
      this.#files.set(name, file);
    }
    const size = statSync(file.path, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= file.scannedTo) return;
    for (const { offset, length, head } of lineHeads(file.path, file.scannedTo)) {
      const ref = refOf(head);
      if (ref !== null) this.#places.set(ref, { file, offset, length });
      file.scannedTo = offset + length;
    }
  }
}

function storedAt({ file, offset, length }: Place, ref: ContentRef): StoredContent | null {
  const line = parseJson(textAt(file.path, offset, length));
  if (!isRecord(line) || line["ref"] !== ref || !("value" in line)) return null;
  const value = line["value"] as JsonValue;
  const cutFrom = line["cutFrom"];
  return typeof cutFrom === "number" ? { ref, value, cutFrom } : { ref, value };
}

/** Empty where the file is gone, or cannot be read. */
function textAt(path: string, offset: number, length: number): string {
  const bytes = Buffer.allocUnsafe(length);
  try {
    const fd = openSync(path, "r");
    try {
      return bytes.toString("utf8", 0, readSync(fd, bytes, 0, length, offset));
    } finally {
      closeSync(fd);
    }
  } catch {
    return "";
  }
}
