import { Buffer } from "node:buffer";
import { statSync } from "node:fs";
import { join } from "node:path";
import type { ContentRef } from "../../vocabulary/event.ts";
import { isRecord, type JsonValue } from "../../vocabulary/json.ts";
import type { StoredContent } from "../content.ts";
import { refOf } from "./content-writer.ts";
import type { FileSystem } from "./file-system.ts";
import { isShortage } from "./journal-error.ts";
import { contentFileName, contentFolder, namesIn } from "./layout.ts";
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

/**
 * Where the values of one segment lie. Only places are kept; values are read when they are asked for. What cannot be read is not there, except
 * where the machine is short of what that takes: then it throws, because a value may not be taken for missing that is there in a moment.
 */
export class ContentIndex {
  readonly #folder: string;
  readonly #files: FileSystem;
  readonly #contentFiles: Map<string, ContentFile> = new Map();
  readonly #places: Map<ContentRef, Place> = new Map();
  #isComplete = false;

  constructor(segment: string, files: FileSystem) {
    this.#folder = contentFolder(segment);
    this.#files = files;
  }

  /** Null: not known here, or not readable any more. */
  find(ref: ContentRef): StoredContent | null {
    const place = this.#places.get(ref);
    return place ? storedIn(this.#textAt(place), ref) : null;
  }

  /** The length of its line: null where it is not known here. */
  sizeOf(ref: ContentRef): number | null {
    return this.#places.get(ref)?.length ?? null;
  }

  /** Looks for what came since. A segment that has a successor is looked at once more, then never again. */
  refresh(hasSuccessor: boolean): void {
    if (this.#isComplete) return;
    unlessShort(undefined, () => {
      for (const name of namesIn(this.#folder))
        if (contentFileName.test(name)) unlessShort(undefined, () => this.#scan(name));
    });
    this.#isComplete = hasSuccessor;
  }

  #scan(name: string): void {
    let file = this.#contentFiles.get(name);
    if (!file) {
      file = { path: join(this.#folder, name), scannedTo: 0 };
      this.#contentFiles.set(name, file);
    }
    const size = statSync(file.path, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= file.scannedTo) return;
    for (const { offset, length, head } of lineHeads(file.path, file.scannedTo, this.#files)) {
      const ref = refOf(head);
      if (ref !== null) this.#places.set(detached(ref), { file, offset, length });
      file.scannedTo = offset + length;
    }
  }

  /** Empty where the file is gone, or cannot be read. */
  #textAt({ file, offset, length }: Place): string {
    return unlessShort("", () => {
      const bytes = Buffer.allocUnsafe(length);
      const fd = this.#files.openToRead(file.path);
      try {
        return bytes.toString("utf8", 0, this.#files.read(fd, bytes, offset));
      } finally {
        this.#files.close(fd);
      }
    });
  }
}

function storedIn(text: string, ref: ContentRef): StoredContent | null {
  const line = parseJson(text);
  if (!isRecord(line) || line["ref"] !== ref || !("value" in line)) return null;
  const value = line["value"] as JsonValue;
  const cutFrom = line["cutFrom"];
  return typeof cutFrom === "number" ? { ref, value, cutFrom } : { ref, value };
}

/** A part of a text keeps all of it in memory; this is a text of its own. */
function detached(ref: ContentRef): ContentRef {
  return Buffer.from(ref, "latin1").toString("latin1") as ContentRef;
}

function unlessShort<Result>(otherwise: Result, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (isShortage(error)) throw error;
    return otherwise;
  }
}
