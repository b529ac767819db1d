import { isRecord } from "@spoor/core";

/** What a guardrail finds: as its own word, with what to do better, or as the pair that Python crews know. */
export type Verdict =
  | boolean
  | { readonly passed: boolean; readonly feedback?: string }
  | readonly [boolean, unknown];

export interface ReadVerdict {
  readonly passed: boolean;
  readonly feedback: string | null;
}

/** Null: it is no verdict. What throws when it is looked at is none either. */
export function readVerdict(value: unknown): ReadVerdict | null {
  try {
    return verdictIn(value);
  } catch {
    return null;
  }
}

/** Of a pair the second member is feedback only where the first says no: else it is the output. */
function verdictIn(value: unknown): ReadVerdict | null {
  if (typeof value === "boolean") return { passed: value, feedback: null };
  if (Array.isArray(value)) {
    const [passed, said]: readonly unknown[] = value;
    if (typeof passed !== "boolean") return null;
    return { passed, feedback: passed ? null : textOf(said) };
  }
  if (!isRecord(value)) return null;
  const { passed, feedback } = value;
  return typeof passed === "boolean" ? { passed, feedback: textOf(feedback) } : null;
}

const textOf = (said: unknown): string | null => (typeof said === "string" ? said : null);
