import type { ContentRef } from "../../vocabulary/event.ts";
import { AppendFile } from "./append-file.ts";
import type { FileSystem } from "./file-system.ts";
import { contentFile } from "./layout.ts";
import { lineHeads } from "./line-heads.ts";

const mostOpenFiles = 16;
const prefix = '{"ref":"';

/** One value as it lies in a content file. */
export const contentLine = (ref: ContentRef, json: string, cutFrom?: number): string =>
  `${prefix}${ref}",${cutFrom === undefined ? "" : `"cutFrom":${cutFrom},`}"value":${json}}`;

/** The reference that a content line begins with; null: malformed. */
export function refOf(head: string): ContentRef | null {
  const end = head.indexOf('"', prefix.length);
  return head.startsWith(prefix) && end > 0 ? (head.slice(prefix.length, end) as ContentRef) : null;
}

interface SubjectContent {
  readonly file: AppendFile;
  readonly refs: Set<ContentRef>;
}

/** The content of one segment, a file a subject. A value is written once, also when another process began the segment. */
export class ContentWriter {
  readonly #segment: string;
  readonly #files: FileSystem;
  readonly #subjects: Map<string, SubjectContent> = new Map();
  /** Least recently used first. */
  readonly #open: Set<AppendFile> = new Set();

  constructor(segment: string, files: FileSystem) {
    this.#segment = segment;
    this.#files = files;
  }

  /** Null: it is there already. Throws where what is there cannot be read. */
  queue(subject: string, ref: ContentRef, line: string): QueuedContent | null {
    const { file, refs } = this.#contentOf(subject);
    if (refs.has(ref)) return null;
    const { bytes } = file.queue(line);
    refs.add(ref);
    return { file, bytes, forget: () => refs.delete(ref) };
  }

  write(file: AppendFile): void {
    this.#open.delete(file);
    this.#open.add(file);
    for (const idle of this.#open) {
      if (this.#open.size <= mostOpenFiles) break;
      idle.close();
      this.#open.delete(idle);
    }
    file.write();
  }

  close(): void {
    for (const file of this.#open) file.close();
    this.#open.clear();
  }

  #contentOf(subject: string): SubjectContent {
    const known = this.#subjects.get(subject);
    if (known) return known;
    const path = contentFile(this.#segment, subject);
    const { refs, end } = refsIn(path, this.#files);
    const content = { file: new AppendFile(path, end, this.#files), refs };
    this.#subjects.set(subject, content);
    return content;
  }
}

export interface QueuedContent {
  readonly file: AppendFile;
  readonly bytes: number;
  /** It was not written after all. */
  forget(): void;
}

function refsIn(
  path: string,
  files: FileSystem,
): { readonly refs: Set<ContentRef>; readonly end: number } {
  const refs = new Set<ContentRef>();
  if (!files.exists(path)) return { refs, end: 0 };
  let end = 0;
  for (const { offset, length, head } of lineHeads(path, 0, files)) {
    const ref = refOf(head);
    if (ref !== null) refs.add(ref);
    end = offset + length;
  }
  return { refs, end };
}
