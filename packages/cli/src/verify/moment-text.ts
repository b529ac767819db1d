/** Milliseconds since the epoch, for people. Who signs a time may sign one that no calendar has. */
export function momentText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? `${ms} ms since 1970` : date.toISOString();
}
