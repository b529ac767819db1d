import { onOneLine } from "../../terminal/one-line.ts";
import type { MarkReport } from "../report.ts";

/** Whether a field of a mark says between whom a message went. */
export const isAddress = ({ type }: MarkReport, name: string): boolean =>
  type.startsWith("message.") && (name === "from" || name === "to");

/** Between whom a message went, as far as that is known. The agent on whose line it stands is not named again: `type`, or `type/key`. */
export function addressText(mark: MarkReport, agent: string | null): string {
  const isReceived = mark.type === "message.received";
  const from = nameIn(mark, "from", isReceived ? null : agent);
  const to = nameIn(mark, "to", isReceived ? agent : null);
  if (to !== null) return from === null ? `\u2192 ${to}` : `${from} \u2192 ${to}`;
  if (from === null) return "";
  return isReceived ? `\u2190 ${from}` : `${from} \u2192`;
}

function nameIn(mark: MarkReport, field: "from" | "to", known: string | null): string | null {
  const name = isAddress(mark, field) ? mark[field] : null;
  if (typeof name !== "string" || name === "") return null;
  const isKnown = known !== null && (name === known || name.startsWith(`${known}/`));
  return isKnown ? null : onOneLine(name);
}
