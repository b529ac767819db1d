/** How long a `Retry-After` asks to wait: seconds or a date. Null where it says nothing that can be understood. */
export function retryAfterMs(header: string | null, now: number): number | null {
  const said = header?.trim() ?? "";
  if (/^\d+$/.test(said)) return Number(said) * 1_000;
  if (!/^[A-Za-z]{3,9},? /.test(said)) return null;
  const at = Date.parse(said);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
