import type { DatabaseSync, StatementSync } from "node:sqlite";
import { ContentIndex } from "../../journal/disk/content-index.ts";
import type { StoredContent } from "../../journal/content.ts";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import type { ContentRef, Held } from "../../vocabulary/event.ts";

/** Who used a session is content: read where the entry that says it lies, and known by its reference from then on. */
export class Users {
  readonly #find: StatementSync;
  readonly #add: StatementSync;
  #segment: string | null = null;
  #content: ContentIndex | null = null;

  constructor(database: DatabaseSync) {
    this.#find = database.prepare("SELECT id FROM user WHERE ref = ?");
    this.#add = database.prepare("INSERT INTO user (ref, text) VALUES (?, ?)");
  }

  /** The folder of the segment in which the next entries lie. */
  readFrom(segment: string): void {
    if (this.#segment === segment) return;
    this.#segment = segment;
    this.#content = null;
  }

  idOf(held: Held): number {
    const ref = typeof held === "string" ? held : `withheld: ${held.withheld}`;
    const known = this.#find.get(ref)?.["id"];
    if (known !== undefined) return Number(known);
    return Number(this.#add.run(ref, this.#textOf(held)).lastInsertRowid);
  }

  /** Null: it is no text, or not there. */
  #textOf(held: Held): string | null {
    if (typeof held !== "string" || this.#segment === null) return null;
    this.#content ??= new ContentIndex(this.#segment, nodeFileSystem);
    const value = (this.#content.find(held) ?? this.#afterLookingAgain(held))?.value;
    return typeof value === "string" ? value : null;
  }

  /** A look at all files of a segment takes long where there are many subjects. */
  #afterLookingAgain(ref: ContentRef): StoredContent | null {
    this.#content?.refresh(false);
    return this.#content?.find(ref) ?? null;
  }
}
