import type { DatabaseSync, StatementSync } from "node:sqlite";

/** Names from the application's own code, each stored once. Give it up where its transaction was taken back. */
export class Words {
  readonly #find: StatementSync;
  readonly #add: StatementSync;
  readonly #text: StatementSync;
  readonly #ids: Map<string, number> = new Map();
  readonly #texts: Map<number, string> = new Map();

  constructor(database: DatabaseSync) {
    this.#find = database.prepare("SELECT id FROM word WHERE text = ?");
    this.#add = database.prepare("INSERT INTO word (text) VALUES (?)");
    this.#text = database.prepare("SELECT text FROM word WHERE id = ?");
  }

  /** Null: nothing is called so. */
  find(text: string): number | null {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const found = this.#find.get(text)?.["id"];
    return found === undefined ? null : this.#keep(text, Number(found));
  }

  idOf(text: string): number {
    return this.find(text) ?? this.#keep(text, Number(this.#add.run(text).lastInsertRowid));
  }

  textOf(id: number | null): string | null {
    if (id === null) return null;
    const known = this.#texts.get(id);
    if (known !== undefined) return known;
    const text = this.#text.get(id)?.["text"];
    if (typeof text !== "string") return null;
    this.#keep(text, id);
    return text;
  }

  #keep(text: string, id: number): number {
    this.#ids.set(text, id);
    this.#texts.set(id, text);
    return id;
  }
}
