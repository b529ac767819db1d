import type { ContentRef } from "../vocabulary/event.ts";

/** A value as it was stored. */
export interface StoredText {
  readonly subject: string;
  readonly json: string;
  readonly cutFrom?: number;
}

/** A segment without a disk. */
export interface MemorySegment {
  readonly number: number;
  readonly entries: string[];
  readonly content: Map<ContentRef, StoredText>;
  bytes: number;
}

export function emptySegment(number: number): MemorySegment {
  return { number, entries: [], content: new Map(), bytes: 0 };
}
