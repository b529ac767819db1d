import type { AgentEvent, EventId, Key } from "../vocabulary/event.ts";
import { createNames } from "./names.ts";
import type { ParentStatement, Statement } from "./statement.ts";
import { firstOf, parentStatementOf, statementOf, subjectOf } from "./statement.ts";

/** All that was said of one span of a session, under whichever of its names. */
export interface SpanStatements {
  readonly session: string;
  /** The first of the names that something was said of. */
  readonly key: Key;
  readonly statements: readonly Statement[];
}

/** Gathers one session. What it holds depends on which events came, not on their order or number. */
export interface SessionStatements {
  add(event: AgentEvent): void;
  spans(): readonly SpanStatements[];
  /** The parents that count, between spans that go by their least names. */
  parents(): ReadonlyMap<Key, ParentStatement>;
}

export function gatherSession(session: string): SessionStatements {
  const names = createNames();
  const statements: Map<Key, Map<EventId, Statement>> = new Map();
  const parents: Map<Key, ParentStatement> = new Map();

  return {
    add(event) {
      const key = subjectOf(event);
      if (key === null) return;
      const ofKey = statements.get(key) ?? new Map<EventId, Statement>();
      statements.set(key, ofKey.set(event.id, statementOf(event)));
      keep(parents, key, parentStatementOf(event));
      if (event.type === "span.amended" && event.alias !== undefined) names.join(key, event.alias);
    },

    spans() {
      const keys = [...statements.keys()].toSorted();
      const bySpan = Map.groupBy(keys, (key) => names.leastOf(key));
      return Array.from(bySpan.values(), (own) => ({
        session,
        key: own[0] ?? "",
        statements: own.flatMap((key) => [...(statements.get(key)?.values() ?? [])]),
      }));
    },

    parents() {
      const counts: Map<Key, ParentStatement> = new Map();
      for (const [key, statement] of parents)
        keep(counts, names.leastOf(key), { ...statement, parent: names.leastOf(statement.parent) });
      return counts;
    },
  };
}

function keep(
  counts: Map<Key, ParentStatement>,
  key: Key,
  statement: ParentStatement | null,
): void {
  const known = counts.get(key);
  if (statement) counts.set(key, known ? firstOf(known, statement) : statement);
}
