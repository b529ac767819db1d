import type { DatabaseSync, StatementSync } from "node:sqlite";
import { numberIn, spanColumns, storedSpan, type StoredSpan, type Spans } from "../store/spans.ts";
import { isSpan } from "../store/tables.ts";
import type { Words } from "../store/words.ts";
import { merged, type Order, type SessionExtent } from "./merged-sessions.ts";
import { SpansAbove } from "./span-above.ts";
import {
  type Condition,
  conditionOf,
  everything,
  nothing,
  type SpanFilter,
} from "./span-filter.ts";

export interface Tables {
  readonly database: DatabaseSync;
  readonly spans: Spans;
  readonly words: Words;
}

/** One filter, asked of the index. */
export class MatchingSpans {
  readonly above: SpansAbove;
  /** What the table of spans can answer of the filter; null: nothing can match. */
  readonly condition: Condition | null;
  readonly #tables: Tables;
  readonly #filter: SpanFilter;
  /** The numbers of the user; null: it does not matter who. */
  readonly #users: ReadonlySet<number> | null;
  #sessions: readonly SessionExtent[] | null | undefined;
  #sessionIds: ReadonlySet<number> | null = null;
  #one: StatementSync | null = null;

  constructor(tables: Tables, filter: SpanFilter) {
    this.#tables = tables;
    this.#filter = filter;
    this.above = new SpansAbove(tables.spans, tables.words);
    this.condition = conditionOf(filter, tables.words);
    this.#users = filter.user === undefined ? null : usersCalled(tables.database, filter.user);
  }

  /** Those that match, by when they began. What has no time that is known comes last. */
  *inOrder(order: Order): Iterable<StoredSpan> {
    if (!this.condition) return;
    const { since, until } = this.#filter;
    const sessions = this.sessions();
    if (sessions) yield* merged(sessions, order, ({ id }) => this.#spansWhere(order, id));
    else yield* this.#spansWhere(order, null);
    if (since === undefined && until === undefined) yield* this.#timeless();
  }

  /** Whether this one, found in another way, matches; a session itself does, where no filter is for spans. */
  matches(span: StoredSpan): boolean {
    if (!this.condition) return false;
    if (this.condition.sql !== everything && !this.#isOne(span.id)) return false;
    return this.#isInSession(span.session) && this.#fits(span);
  }

  #isOne(id: number): boolean {
    const { sql, values } = this.condition ?? nothing;
    this.#one ??= this.#tables.database.prepare(`SELECT 1 FROM span WHERE id = ? AND ${sql}`);
    return this.#one.get(id, ...values) !== undefined;
  }

  /** Those in which something may match; null: any. */
  sessions(): readonly SessionExtent[] | null {
    if (this.#sessions === undefined) this.#sessions = this.#findSessions();
    return this.#sessions;
  }

  #findSessions(): readonly SessionExtent[] | null {
    const { session, user, agent } = this.#filter;
    const { database, words } = this.#tables;
    const parts: string[] = [];
    if (session !== undefined) parts.push("name = ?");
    if (user !== undefined)
      parts.push(`id IN (SELECT session FROM span WHERE user IN (${list(this.#users)}))`);
    if (agent !== undefined)
      parts.push(`id IN (SELECT session FROM span WHERE agent = ${words.find(agent) ?? -1})`);
    if (parts.length === 0) return null;
    return database
      .prepare(`SELECT id, first, last FROM session WHERE ${parts.join(" AND ")} ORDER BY name`)
      .all(...(session === undefined ? [] : [session]))
      .map((row) => ({
        id: Number(row["id"]),
        first: numberIn(row["first"]),
        last: numberIn(row["last"]),
      }));
  }

  #isInSession(id: number): boolean {
    this.#sessionIds ??= new Set((this.sessions() ?? []).map((row) => row.id));
    return this.sessions() === null || this.#sessionIds.has(id);
  }

  #fits(span: StoredSpan): boolean {
    const { agent } = this.#filter;
    if (agent !== undefined && this.above.agentOf(span) !== agent) return false;
    return this.#users === null || this.#users.has(this.above.userOf(span) ?? -1);
  }

  *#spansWhere(order: Order, session: number | null): Iterable<StoredSpan> {
    const direction = order === "newest" ? "DESC" : "ASC";
    yield* this.#select(session, `at IS NOT NULL ORDER BY at ${direction}`);
  }

  *#timeless(): Iterable<StoredSpan> {
    const sessions = this.sessions();
    if (!sessions) yield* this.#select(null, "at IS NULL");
    for (const { id } of sessions ?? []) yield* this.#select(id, "at IS NULL");
  }

  /** A span that nobody has seen begin or end is only a name, and a session itself is no span, unless it is asked for. */
  *#select(session: number | null, rest: string): Iterable<StoredSpan> {
    if (!this.condition) return;
    const { sql, values } = this.condition;
    const kinds = this.#filter.kind === "session" ? "kind IS NOT NULL" : isSpan;
    const own = session === null ? "" : "session = ? AND ";
    const statement = this.#tables.database.prepare(
      `SELECT ${spanColumns} FROM span WHERE ${own}${kinds} AND ${sql} AND ${rest}`,
    );
    const rows =
      session === null ? statement.iterate(...values) : statement.iterate(session, ...values);
    for (const spans of alike(rows)) for (const span of spans) if (this.#fits(span)) yield span;
  }
}

/** What began at the same moment is in the order of ids, whatever order it was indexed in. */
function* alike(rows: Iterable<Parameters<typeof storedSpan>[0]>): Iterable<readonly StoredSpan[]> {
  let group: StoredSpan[] = [];
  for (const row of rows) {
    const span = storedSpan(row);
    const [first] = group;
    if (first && first.at !== span.at) {
      yield group.toSorted(byId);
      group = [];
    }
    group.push(span);
  }
  yield group.toSorted(byId);
}

function byId({ spanId: left }: StoredSpan, { spanId: right }: StoredSpan): number {
  return (left ?? "") < (right ?? "") ? -1 : (left ?? "") > (right ?? "") ? 1 : 0;
}

function usersCalled(database: DatabaseSync, user: string): ReadonlySet<number> {
  const rows = database.prepare("SELECT id FROM user WHERE text = ?").all(user);
  return new Set(rows.map((row) => Number(row["id"])));
}

const list = (ids: ReadonlySet<number> | null): string => [...(ids ?? [])].join(", ");
