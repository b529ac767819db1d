import type { Hit } from "@spoor/core/search";
import { isoTime } from "./iso-time.ts";

/** One hit as `find --json` gives it. */
export interface HitJson extends Omit<Hit, "at" | "text"> {
  readonly at: string | null;
  readonly text: Hit["text"] | null;
}

export interface FindJson {
  readonly hits: readonly HitJson[];
  /** There is more than was asked for. */
  readonly more: boolean;
}

export function findJson(hits: readonly Hit[], more: boolean): FindJson {
  return {
    hits: hits.map((hit) => ({ ...hit, at: isoTime(hit.at), text: hit.text ?? null })),
    more,
  };
}
