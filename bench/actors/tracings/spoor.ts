import { join } from "node:path";
import { observeEnvelopes } from "@spoor/autogen";
import { bytesIn } from "../../bytes-in.ts";
import { closeComplete } from "../../complete.ts";
import { longRunningObserver } from "../../long-running.ts";
import type { Tracing } from "../tracing.ts";

/** With the journal on disk and the default redaction, payloads included. */
export function spoor(scratch: string): Tracing {
  const dir = join(scratch, "journal");
  const observer = longRunningObserver({ journal: { dir } });
  const before = bytesIn(dir);
  const envelopes = observeEnvelopes(observer);
  return {
    name: "Spoor",
    envelopes,
    settle: () => Promise.resolve(),
    async close() {
      await closeComplete(observer);
      if (envelopes.failures > 0)
        throw new Error(
          `expected everything to be recorded, and ${envelopes.failures} times something threw`,
        );
      return bytesIn(dir) - before;
    },
  };
}
