/** What happened and what to do, as one sentence. A fix stands by itself elsewhere, so it begins with a capital letter; one that begins with a name keeps it. */
export function withFix(message: string, fix: string): string {
  const advice = /^[A-Z][a-z]* /.test(fix) ? fix.charAt(0).toLowerCase() + fix.slice(1) : fix;
  return `${message}: ${advice.replace(/\.$/, "")}`;
}
