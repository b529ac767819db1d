import { Buffer } from "node:buffer";
import type { DatabaseSync, SQLOutputValue, StatementSync } from "node:sqlite";
import type { SpanId } from "../../vocabulary/event.ts";

/** What is told of a span, in the numbers of the index. Null: nobody says, or nobody has seen it end. */
export interface ToldSpan {
  readonly kind: number | null;
  readonly name: number | null;
  readonly agent: number | null;
  readonly model: number | null;
  readonly user: number | null;
  readonly status: number | null;
  readonly at: number | null;
  readonly parent: SpanId | null;
  /** Of a turn that goes on: its first activation. */
  readonly began: SpanId | null;
}

export interface StoredSpan extends ToldSpan {
  readonly id: number;
  readonly session: number;
  /** Null: the session itself. */
  readonly spanId: SpanId | null;
  /** Of spans that turned out to be one: the one that stands for all of them. */
  readonly leader: number | null;
}

export const nothingTold: ToldSpan = {
  kind: null,
  name: null,
  agent: null,
  model: null,
  user: null,
  status: null,
  at: null,
  parent: null,
  began: null,
};

export const spanColumns =
  "id, session, span, kind, name, agent, model, user, status, at, parent, began, leader";

/** The rows of spans. */
export class Spans {
  readonly #find: StatementSync;
  readonly #byId: StatementSync;
  readonly #joined: StatementSync;
  readonly #add: StatementSync;
  readonly #set: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#find = database.prepare(`SELECT ${spanColumns} FROM span WHERE session = ? AND span = ?`);
    this.#byId = database.prepare(`SELECT ${spanColumns} FROM span WHERE id = ?`);
    this.#joined = database.prepare(`SELECT ${spanColumns} FROM span WHERE leader = ?`);
    this.#add = database.prepare(
      "INSERT INTO span (kind, name, agent, model, user, status, at, parent, began, leader, session, span) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    );
    this.#set = database.prepare(
      "UPDATE span SET kind = ?, name = ?, agent = ?, model = ?, user = ?, status = ?, at = ?, parent = ?, began = ?, leader = ? WHERE id = ?",
    );
    this.#remove = database.prepare("DELETE FROM span WHERE id = ?");
  }

  find(session: number, spanId: SpanId | null): StoredSpan | null {
    const row = this.#find.get(session, bytesOf(spanId));
    return row ? storedSpan(row) : null;
  }

  byId(id: number): StoredSpan | null {
    const row = this.#byId.get(id);
    return row ? storedSpan(row) : null;
  }

  /** All that turned out to be one with this one; itself where nothing did. */
  joinedWith(span: StoredSpan): readonly StoredSpan[] {
    return span.leader === null ? [span] : this.#joined.all(span.leader).map(storedSpan);
  }

  add(session: number, spanId: SpanId | null, told: ToldSpan): number {
    const values = valuesOf(told);
    return Number(this.#add.run(...values, null, session, bytesOf(spanId)).lastInsertRowid);
  }

  set(id: number, told: ToldSpan, leader: number | null): void {
    this.#set.run(...valuesOf(told), leader, id);
  }

  remove(id: number): void {
    this.#remove.run(id);
  }
}

export function storedSpan(row: Readonly<Record<string, SQLOutputValue>>): StoredSpan {
  return {
    id: Number(row["id"]),
    session: Number(row["session"]),
    spanId: spanIdIn(row["span"]),
    kind: numberIn(row["kind"]),
    name: numberIn(row["name"]),
    agent: numberIn(row["agent"]),
    model: numberIn(row["model"]),
    user: numberIn(row["user"]),
    status: numberIn(row["status"]),
    at: numberIn(row["at"]),
    parent: spanIdIn(row["parent"]),
    began: spanIdIn(row["began"]),
    leader: numberIn(row["leader"]),
  };
}

export const numberIn = (value: SQLOutputValue | undefined): number | null =>
  typeof value === "number" ? value : null;

function valuesOf(told: ToldSpan): (number | Buffer | null)[] {
  const { kind, name, agent, model, user, status, at, parent, began } = told;
  return [
    kind,
    name,
    agent,
    model,
    user,
    status,
    at,
    parent && bytesOf(parent),
    began && bytesOf(began),
  ];
}

const bytesOf = (spanId: SpanId | null): Buffer => Buffer.from(spanId ?? "", "hex");

/** Null: there is none, or it is the session itself. */
function spanIdIn(bytes: SQLOutputValue | undefined): SpanId | null {
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) return null;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex") as SpanId;
}
