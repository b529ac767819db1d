import { plural } from "../printing/output.ts";

/** What has no price, as in `2 calls and 1 rest`; empty where everything has one. */
export function unknownText(calls: number, rests: number): string {
  return [
    ...(calls > 0 ? [plural(calls, "call")] : []),
    ...(rests > 0 ? [plural(rests, "rest")] : []),
  ].join(" and ");
}
