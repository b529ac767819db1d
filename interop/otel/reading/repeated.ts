import type { Received } from "./received.ts";

/** How often spans were taken that had been taken before. */
export function repeatedIn(received: readonly Received[]): number {
  return received.length - distinctIn(received);
}

export function distinctIn(received: readonly Received[]): number {
  return new Set(received.map(({ spanId }) => spanId)).size;
}
