/** For people: cents from a dollar on, else hundredths of a cent. What is something is never rounded to nothing. */
export function dollars(usd: number): string {
  const size = Math.abs(usd);
  const sign = usd < 0 ? "−" : "";
  if (size > 0 && size < 0.000_05) return `${sign}<$0.0001`;
  const digits = size >= 1 ? 2 : 4;
  const text = size.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${sign}$${text}`;
}
