import { inputOf } from "@spoor/core/report/text";
import type { SessionModel } from "../model/session-model.ts";
import type { TimelineLayout } from "./layout.ts";

/** How many tokens calls were sent, over time. */
export interface Track {
  readonly most: number;
  readonly points: readonly {
    readonly from: number;
    readonly to: number;
    readonly tokens: number;
  }[];
}

export function contextTrack({ data }: SessionModel, { bars }: TimelineLayout): Track {
  const points = bars.flatMap(({ span, from, to }) => {
    const { usage } = data.spans[span] ?? {};
    const tokens = usage ? inputOf(usage) : null;
    return tokens === null ? [] : [{ from, to, tokens }];
  });
  return { points, most: points.reduce((most, { tokens }) => Math.max(most, tokens), 0) };
}
