import type { FieldName } from "./field.ts";
import type { Medium } from "./medium.ts";
import type { CarrierProblem, Reading } from "./problem.ts";

/** Longer than anything that the limits let through, so hostile input costs no more than this. */
const longest = 65_536;

/** What lies under a name, as texts: bytes decoded, lists opened, blanks around a value dropped as HTTP does. Never throws. */
export function textsUnder(medium: Medium<unknown>, field: FieldName): Reading<readonly string[]> {
  const texts: string[] = [];
  const problems: CarrierProblem[] = [];
  try {
    for (const value of medium.valuesOf(field).flat()) {
      if (value === undefined || value === null) continue;
      const text = value instanceof Uint8Array && value.length <= longest ? decoded(value) : value;
      if (text instanceof Uint8Array || (typeof text === "string" && text.length > longest))
        problems.push({ field, fault: "too long", text: `${field} is longer than ${longest}` });
      else if (typeof text === "string") texts.push(withoutBlanks(text));
      else problems.push({ field, fault: "not text", text: `${field} is neither text nor bytes` });
    }
  } catch {
    problems.push({ field, fault: "unreadable", text: `${field} threw when it was read` });
  }
  return { value: texts, problems };
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** Optional white space of HTTP: spaces and tabs, nothing else. */
export function withoutBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
