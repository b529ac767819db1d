import type { Key, ReceivedCall } from "@spoor/core";
import type { Elsewhere } from "../messages/elsewhere.ts";

/** What other witnesses tell of what spans tell of. */
export interface OtherWitnesses {
  /** The session of a call, by the id of its response. Null: nobody else tells of it. */
  sessionOf(call: Key): string | null;
  /**
   * Whether a log, or messages in the journal, have a call that may be this one, without an id that says so: then that stands. As many as they have
   * of the kind are taken for those.
   */
  isClaimed(call: ReceivedCall, ms: number | null): boolean;
  /** Where the journal has a run of a team. Null: nowhere. */
  runOf(run: Key): RecordedRun | null;
}

export interface RecordedRun {
  readonly session: string;
  /** What its agents lie in. */
  readonly top: Key;
}

export function otherWitnesses({ recorded, logs }: Elsewhere): OtherWitnesses {
  const taken = new Map<string, number>();
  return {
    sessionOf: (call) => recorded.sessionOf(call) ?? logs.sessionOf(call),
    isClaimed({ usage }, ms) {
      const { input, cacheRead, cacheWrite, output } = usage ?? {};
      const prompt = (input ?? 0) + (cacheRead ?? 0) + (cacheWrite ?? 0);
      const completion = output ?? 0;
      const counted = usage === undefined ? null : { prompt, completion, ms: ms ?? undefined };
      const claims =
        recorded.claimedLike(counted) + recorded.namelessLike(counted) + logs.namelessLike(counted);
      const kind = usage === undefined ? "uncounted" : `${prompt}/${completion}`;
      const count = (taken.get(kind) ?? 0) + 1;
      taken.set(kind, count);
      return count <= claims;
    },
    runOf(run) {
      const session = recorded.sessionOf(run);
      return session === null ? null : { session, top: recorded.teamOf(run) ?? run };
    },
  };
}
