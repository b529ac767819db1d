import type { At } from "@spoor/core";
import type { Turn } from "./runs/turn.ts";

/** What every draft says: whose session, who saw it, and when, where the callback carries a time. */
export function said(
  native: { readonly atMs?: number },
  turn: Pick<Turn, "session">,
): { readonly session: string; readonly source: "callback"; readonly at?: At } {
  const about = { session: turn.session, source: "callback" } as const;
  return native.atMs === undefined ? about : { ...about, at: { ms: native.atMs } };
}
