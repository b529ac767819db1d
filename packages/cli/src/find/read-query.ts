import { foundKinds, foundStatuses } from "@spoor/core";
import type { Query } from "@spoor/core/search";
import { BadInput } from "../bad-input.ts";
import { oneOf } from "../typed/choice.ts";
import { readSince } from "../typed/since.ts";

/** What was typed after `spoor find`. */
export interface TypedQuery {
  readonly text?: string | undefined;
  readonly session?: string | undefined;
  readonly user?: string | undefined;
  readonly tool?: string | undefined;
  readonly agent?: string | undefined;
  readonly model?: string | undefined;
  readonly kind?: string | undefined;
  readonly status?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** Throws `BadInput` for what no span can be. The session is as it was typed. */
export function readQuery(typed: TypedQuery, now: number): Query {
  const { kind, status, since, until, tool, ...texts } = typed;
  if (tool !== undefined && kind !== undefined && kind !== "tool")
    throw new BadInput(`--tool finds tool calls, so --kind ${kind} finds nothing with it`);
  const query: { -readonly [Name in keyof Query]: Query[Name] } = {};
  for (const [name, value] of Object.entries({ ...texts, tool }))
    if (value !== undefined) query[name as "text"] = value;
  if (kind !== undefined) query.kind = oneOf("--kind", kind, foundKinds);
  if (status !== undefined) query.status = oneOf("--status", status, foundStatuses);
  if (since !== undefined) query.since = readSince(since, now);
  if (until !== undefined) query.until = readUntil(until, now);
  return query;
}

const defaultLimit = 50;

export function readLimit(text: string | undefined): number {
  if (text === undefined) return defaultLimit;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new BadInput(`--limit takes a number from 1 on, not ${text}`);
  return Number(text);
}

function readUntil(text: string, now: number): number {
  try {
    return readSince(text, now);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    throw new BadInput(error.message.replace("--since", "--until"), { cause: error });
  }
}
