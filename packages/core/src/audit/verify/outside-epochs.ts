import { Buffer } from "node:buffer";
import { epochText } from "../keys/epoch.ts";
import type { Findings } from "./findings.ts";
import { epochIn, type RecordedEpoch } from "./key-chain.ts";

/** A record of an epoch that was kept elsewhere must lie here as well: else whoever has stolen its former key could go on from before it. */
export function compareRecord(
  lane: string,
  note: string,
  epochs: readonly RecordedEpoch[],
  findings: Findings,
): void {
  const kept = epochIn(Buffer.from(note));
  if (!kept || epochs.some((epoch) => epochText(epoch) === epochText(kept))) return;
  const message = `the record that was kept elsewhere, by which the key ${kept.former.id} was followed by ${kept.next.id}, is not among those of this log`;
  findings.find("EPOCH_MISSING", { lane }, message);
}
