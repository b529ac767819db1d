import type { DatabaseSync } from "node:sqlite";
import { kindCode, statusCode } from "./codes.ts";

/** Of the tables below; an index of another version is made anew. */
const version = 2;

/** Conditions that an index is made for: SQLite sees that only where a question says them in the same words. */
export const isTool: string = `kind = ${kindCode("tool")}`;
export const isNotOk: string = `status IS NOT ${statusCode("ok")}`;
/** Not the row of a session itself, and not one of which nobody has seen begin or end. */
export const isSpan: string = `kind <> ${kindCode("session")}`;

/**
 * `lane`: up to which entry each lane is in here, and what that entry was. `segment`: of a part of a lane, how many lines are no entries, the latest time in it, and whether
 * some of its entries have none. `session`: the times in it, whether its summary tells one, and when the last of it was recorded; null: nothing
 * is left of it but words about what went. `span`: what is told of each span so far, and of each session itself (an empty `span`, the kind 0);
 * `began`: the first activation of the turn that a turn span goes on with. `entry`: which entries tell of a span. `word`: names from the application's
 * own code. `user`: the one table with content, by its reference; null where it could not be read.
 */
const tables = `
  CREATE TABLE lane (number INTEGER PRIMARY KEY, segment INTEGER NOT NULL, offset INTEGER NOT NULL, digest TEXT NOT NULL);
  CREATE TABLE segment (id INTEGER PRIMARY KEY, lane INTEGER NOT NULL, number INTEGER NOT NULL, unreadable INTEGER NOT NULL,
    last REAL, timeless INTEGER NOT NULL, UNIQUE (lane, number));
  CREATE TABLE session (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, first REAL, last REAL, timed INTEGER NOT NULL,
    recorded REAL);
  CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
  CREATE TABLE user (id INTEGER PRIMARY KEY, ref TEXT NOT NULL UNIQUE, text TEXT);
  CREATE TABLE span (id INTEGER PRIMARY KEY, session INTEGER NOT NULL, span BLOB NOT NULL, kind INTEGER, name INTEGER, agent INTEGER,
    model INTEGER, user INTEGER, status INTEGER, at REAL, parent BLOB, began BLOB, leader INTEGER);
  CREATE UNIQUE INDEX span_named ON span (session, span);
  CREATE INDEX span_of_session ON span (session, at);
  CREATE INDEX tool_call ON span (name, at) WHERE ${isTool};
  CREATE INDEX span_by_time ON span (at);
  CREATE INDEX span_not_ok ON span (at) WHERE ${isNotOk};
  CREATE INDEX span_of_user ON span (user) WHERE user IS NOT NULL;
  CREATE INDEX span_joined ON span (leader) WHERE leader IS NOT NULL;
  CREATE TABLE entry (span INTEGER NOT NULL, segment INTEGER NOT NULL, offset INTEGER NOT NULL, PRIMARY KEY (span, segment, offset)) WITHOUT ROWID;
`;

/** An index that another version wrote. */
export class UnknownTables extends Error {
  override readonly name = "UnknownTables";
}

/** In one question, because somebody else may make the tables between two. */
const whatIsThere =
  "SELECT user_version AS found, EXISTS (SELECT 1 FROM sqlite_schema) AS has FROM pragma_user_version";

/** False: there is nothing in it yet. Throws `UnknownTables`. */
export function hasTables(database: DatabaseSync): boolean {
  const row = database.prepare(whatIsThere).get();
  const found = Number(row?.["found"]);
  if (found === version) return true;
  if (found === 0 && row?.["has"] === 0) return false;
  throw new UnknownTables(`the index has version ${found}, not ${version}`);
}

/** Nothing where somebody else has made them meanwhile. */
export function makeTables(database: DatabaseSync): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    if (!hasTables(database)) database.exec(`${tables}; PRAGMA user_version = ${version}`);
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}
