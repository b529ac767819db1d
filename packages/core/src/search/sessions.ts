import { Buffer } from "node:buffer";
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { SpanId } from "../vocabulary/event.ts";
import { kindCode, statusCode, type FoundStatus } from "./store/codes.ts";

/** What is asked of sessions. What is not named may be anything. */
export interface SessionFilter {
  /** Who used it, or one of its turns. */
  readonly user?: string;
  /** A tool that was called in it. */
  readonly tool?: string;
  /** What the last of its turns may have ended as. */
  readonly status?: FoundStatus;
  /** Something in it happened at this time or later, in milliseconds since the epoch. */
  readonly since?: number;
  /** Something in it happened before this time. */
  readonly until?: number;
}

/** More is left of it than words about what went. */
const isActive = "recorded IS NOT NULL";

/**
 * The sessions that can match: no other one does. Who could not be told from what is there, or when, is among them; of which nothing but words about
 * what went is left, is not. In the order of their ids.
 */
export function candidateSessions(
  database: DatabaseSync,
  { user, tool, status, since, until }: SessionFilter,
): readonly string[] {
  const parts: string[] = [isActive];
  const values: SQLInputValue[] = [];
  const add = (sql: string, ...given: readonly SQLInputValue[]): void => {
    parts.push(sql);
    values.push(...given);
  };
  if (user !== undefined)
    add(
      `id IN (SELECT span.session FROM span WHERE user IS NOT NULL AND user IN (SELECT id FROM user WHERE text = ? OR text IS NULL))`,
      user,
    );
  if (tool !== undefined)
    add(
      "id IN (SELECT span.session FROM span WHERE kind = ? AND (span.name IS NULL OR span.name = (SELECT id FROM word WHERE text = ?)))",
      kindCode("tool"),
      tool,
    );
  if (status !== undefined)
    add(
      `(id IN (SELECT span.session FROM span WHERE kind = ? AND status IS ?) OR ? AND id NOT IN (SELECT span.session FROM span WHERE kind = ?))`,
      kindCode("turn"),
      statusCode(status),
      status === "open" ? 1 : 0,
      kindCode("turn"),
    );
  if (since !== undefined) add("(timed = 0 OR last >= ?)", since);
  if (until !== undefined) add("(timed = 0 OR first < ?)", until);
  return database
    .prepare(`SELECT name FROM session WHERE ${parts.join(" AND ")} ORDER BY name`)
    .all(...values)
    .map((row) => String(row["name"]));
}

export function lastActivity(database: DatabaseSync): ReadonlyMap<string, number> {
  const rows = database.prepare(
    `SELECT name, coalesce(last, recorded) AS active FROM session WHERE ${isActive}`,
  );
  return new Map(rows.all().map((row) => [String(row["name"]), Number(row["active"])]));
}

export function sessionsWith(database: DatabaseSync, spanId: SpanId): readonly string[] {
  return database
    .prepare(
      "SELECT name FROM session WHERE id IN (SELECT span.session FROM span WHERE span.span = ?) ORDER BY name",
    )
    .all(Buffer.from(spanId, "hex"))
    .map((row) => String(row["name"]));
}
