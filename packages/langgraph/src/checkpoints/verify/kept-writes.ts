import type { WriteDigest, WritesDocument } from "../digest/writes-document.ts";

/**
 * How many writes to each channel a checkpointer has for certain, whichever it kept where a task wrote more than once. It has one for each place in the list
 * that it was given, and one for each of LangGraph's own channels, as `__interrupt__`.
 */
export function surelyKept(told: readonly WritesDocument[]): ReadonlyMap<string, number> {
  const slots = new Map<string | number, Set<string>>();
  for (const { writes } of told)
    for (const [place, write] of writes.entries()) {
      const slot = slotOf(write, place);
      slots.set(slot, (slots.get(slot) ?? new Set()).add(write.channel));
    }
  const kept = new Map<string, number>();
  for (const [channel, ...others] of slots.values())
    if (channel !== undefined && others.length === 0)
      kept.set(channel, (kept.get(channel) ?? 0) + 1);
  return kept;
}

const slotOf = ({ channel }: WriteDigest, place: number): string | number =>
  /^__.*__$/.test(channel) ? channel : place;
