import type { SQLInputValue } from "node:sqlite";
import { kindCode, statusCode, type FoundKind, type FoundStatus } from "../store/codes.ts";
import { isNotOk, isSpan, isTool } from "../store/tables.ts";
import type { Words } from "../store/words.ts";

/** What is asked for. What is not named may be anything. */
export interface SpanFilter {
  /** The id of a session, whole. */
  readonly session?: string;
  /** Who used it: what the turn says, else its session. */
  readonly user?: string;
  /** Calls of this tool. */
  readonly tool?: string;
  /** Its own agent, or that of the nearest span above that has one. */
  readonly agent?: string;
  /** The model that answered, else the one that was asked for. */
  readonly model?: string;
  readonly kind?: FoundKind;
  readonly status?: FoundStatus;
  /** Began at this time or later, in milliseconds since the epoch. */
  readonly since?: number;
  /** Began before this time. */
  readonly until?: number;
}

/** A part of a statement, and what its question marks stand for. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

export const everything = "1";
export const nothing: Condition = { sql: "0", values: [] };

/** What of a filter the table of spans can answer alone. Null: nothing can match. */
export function conditionOf(filter: SpanFilter, words: Words): Condition | null {
  const { tool, model, kind, status, since, until } = filter;
  const parts: string[] = [];
  const values: SQLInputValue[] = [];
  const add = (sql: string, value: SQLInputValue): void => {
    parts.push(sql);
    values.push(value);
  };
  if (kind !== undefined) add("kind = ?", kindCode(kind));
  if (tool !== undefined) {
    const name = words.find(tool);
    if (name === null) return null;
    parts.push(isTool);
    add("name = ?", name);
  }
  if (model !== undefined) {
    const name = words.find(model);
    if (name === null) return null;
    add("model = ?", name);
  }
  if (status !== undefined) {
    if (status !== "ok") parts.push(isNotOk);
    add("status IS ?", statusCode(status));
    parts.push(isSpan);
  }
  if (since !== undefined) add("at >= ?", since);
  if (until !== undefined) add("at < ?", until);
  return { sql: parts.length === 0 ? everything : parts.join(" AND "), values };
}
