import process from "node:process";
import type { ObservedEnvelopes } from "@spoor/autogen";
import type { Observer } from "@spoor/core";
import { say } from "./talking.ts";

/** Ends a program as one ends, and says how recording went. */
export async function farewell(observer: Observer, envelopes: ObservedEnvelopes): Promise<void> {
  await observer.close();
  const { recorder, journal } = observer.health();
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1_024);
  say({
    says: "closed",
    failures: envelopes.failures,
    refused: recorder.refused,
    lost: journal.lost,
    peakMegabytes,
  });
  process.disconnect?.();
}
