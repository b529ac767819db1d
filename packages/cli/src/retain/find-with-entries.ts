import { readLedger } from "@spoor/core";
import { BadInput } from "../bad-input.ts";
import { findSession } from "../record/find-session.ts";
import { coldSentence } from "./show-cold.ts";

/** The session that is meant, as `findSession` finds it, for what cannot be done without its entries: where only its line in the ledger is left, that is said. */
export function findWithEntries(
  asked: string,
  active: ReadonlyMap<string, number>,
  folder: string,
): string {
  if (active.has(asked) || asked === "latest") return findSession(asked, active);
  const ledger = readLedger(folder);
  const cold = Array.from(ledger, ([id, lines]) => [id, lines.at(-1)?.to ?? 0] as const);
  const found = findSession(asked, new Map([...cold, ...active]));
  if (active.has(found)) return found;
  throw new BadInput(coldSentence({ session: { id: found }, lines: ledger.get(found) ?? [] }));
}
