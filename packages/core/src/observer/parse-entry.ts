import { parseEventLine } from "../schema/parse.ts";
import type { AgentEvent } from "../vocabulary/event.ts";

/** An entry as this version understands it; null: it does not. */
export function parseEntry(line: string): AgentEvent | null {
  const parsed = parseEventLine(line);
  return parsed.ok ? parsed.event : null;
}
