import type { AgentEvent, EventDraft, Outcome, SpanId } from "../vocabulary/event.ts";
import { eventIdOf, spanIdOf } from "../vocabulary/identity.ts";
import { unknownUsage } from "../vocabulary/usage.ts";
import type { Family } from "./problem.ts";

const about = { session: "s", source: "stream" } as const;
const ok: Outcome = { status: "ok" };

export const open = (
  family: Family,
  key: string,
  parent?: string,
  source = "stream",
): EventDraft => ({
  ...about,
  source,
  ...(family === "work"
    ? { type: "work.started", kind: "agent" as const }
    : { type: `${family}.started` as const }),
  key,
  name: key,
  ...(parent === undefined ? {} : { parent }),
});
export const close = (family: Family, key: string): EventDraft => ({
  ...about,
  type: `${family}.ended`,
  key,
  outcome: ok,
});
export const handoff = (on: string | null): EventDraft => ({
  ...about,
  type: "handoff.made",
  on,
  mark: "h",
  to: "other",
});
export const amend = (
  on: string,
  fields: { readonly parent?: string; readonly alias?: string },
): EventDraft => ({
  ...about,
  type: "span.amended",
  on,
  mark: JSON.stringify(fields),
  ...fields,
});
export const report = (on: string, basis: "call" | "total"): EventDraft => ({
  ...about,
  type: "usage.reported",
  on,
  mark: basis,
  basis,
  usage: unknownUsage,
  final: true,
});

/** Drafts without content are events but for their stamp. */
export const record = (drafts: readonly EventDraft[]): readonly AgentEvent[] =>
  drafts.map((draft, sequence) => {
    const key = "key" in draft ? draft.key : draft.on;
    const spanId: SpanId | null = key === null ? null : spanIdOf(draft.session, key);
    const stamp = { v: 1, id: eventIdOf(draft), recordedAt: sequence, sequence, spanId } as const;
    return { ...draft, ...stamp } as AgentEvent;
  });
