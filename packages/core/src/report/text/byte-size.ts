/** How much it is, in the unit that leaves a short figure; a question mark where nobody knows. */
export function bytesText(bytes: number | null): string {
  if (bytes === null) return "?";
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 999_950) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
