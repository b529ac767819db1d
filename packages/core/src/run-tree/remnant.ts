import type { Key } from "../vocabulary/event.ts";

/**
 * What is kept of a span that has left and has nothing hanging on it, while its turn goes on: enough to know what comes late, and to place what
 * begins under it after all.
 */
export interface Remnant {
  readonly parent: Key;
  readonly agent: string | null;
}
