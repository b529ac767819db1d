import { inspect } from "node:util";
import type { Outcome } from "../vocabulary/event.ts";

interface Thrown {
  readonly outcome: Outcome;
  /** Null: it has no words. */
  readonly detail: string | null;
}

/** How something that threw ended: an abort is a cancellation, all else an error by its name. Anything can be thrown, so this never throws. */
export function outcomeOf(thrown: unknown): Thrown {
  if (typeof thrown !== "object" || thrown === null) {
    const detail = typeof thrown === "string" ? thrown : inspect(thrown);
    return { outcome: { status: "error", errorType: typeof thrown }, detail };
  }
  const name = textIn(thrown, "name");
  const detail = textIn(thrown, "message");
  if (name === "AbortError") return { outcome: { status: "cancelled" }, detail };
  const errorType = name ?? (detail === null ? "object" : "Error");
  return { outcome: { status: "error", errorType }, detail };
}

/** By its looks, because an error of another realm is no `Error` of this one; its getters are the application's own code. */
function textIn(thrown: object, field: "name" | "message"): string | null {
  try {
    const value: unknown = Reflect.get(thrown, field);
    return typeof value === "string" && value !== "" ? value : null;
  } catch {
    return null;
  }
}
